package fr.interophub.operateur;

import java.util.List;
import java.util.Optional;

/**
 * The directory of the operators we talk to. What it says is live: an operator added or changed by one node is seen by
 * the others within seconds, without restart.
 */
public interface Annuaire {

    Optional<Operateur> find(String code);

    /** Every operator, in the order of the codes. */
    List<Operateur> list();

    /** The operator that logs into our SFTP server under this name. */
    Optional<Operateur> findBySftp(String login);

    /**
     * The operator that owns a REST key.
     *
     * @param empreinte SHA-256 of the key, hexadecimal
     */
    Optional<Operateur> findByCleApi(String empreinte);

    /** The active operator that writes from this mail address; none when several do. */
    default Optional<Operateur> findByMail(String adresse) {
        List<Operateur> found = list().stream()
                .filter(operateur ->
                        operateur.actif() && operateur.contrat().mail().writesFrom(adresse))
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** Adds or replaces an operator's sheet. */
    void save(Operateur operateur);

    /** Tells each change of the directory; called once at once with what it holds. */
    void onChange(Listener listener);

    /** Looks for what other nodes have changed. */
    void refresh();

    /** Wants to know who is in the directory now. */
    interface Listener {
        void changed(List<Operateur> operateurs);
    }
}
