package fr.interophub.echange;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The dossiers and what was said about them, read and written inside the caller's transaction. */
public interface Registre {

    /**
     * Finds dossiers by the key their operator gave them, and holds them until the end of the transaction.
     *
     * @return the dossiers found, by key
     */
    Map<String, Dossier> findForUpdate(String operateur, String objet, Collection<String> cles);

    /** Finds dossiers by the key their operator gave them, without holding them. */
    Map<String, Dossier> find(String operateur, String objet, Collection<String> cles);

    /** Finds dossiers by their identifiers, and holds them until the end of the transaction. */
    List<Dossier> findForUpdate(Collection<UUID> ids);

    /** Every dossier of an operator that carries one of these references (see {@link Lot#refer}), without holding it. */
    List<Dossier> listByReference(String operateur, String objet, String champ, Collection<String> valeurs);

    /** Every dossier of an operator that has this key or carries this reference, without holding it. */
    List<Dossier> listByKeyOrReference(String operateur, String objet, String cle, String champ, String valeur);

    /** Finds the newest dossier of an operator that carries a reference other than its key (see {@link Lot#refer}). */
    Optional<Dossier> findByReference(String operateur, String objet, String champ, String valeur);

    /** Finds a dossier by its identifier, and holds it until the end of the transaction. */
    Optional<Dossier> findForUpdate(UUID id);

    /** A message by its identifier. */
    Optional<Message> findMessage(UUID id);

    /** The first message of a flux that counts in the life of a dossier. */
    Optional<Message> findFirst(UUID dossierId, String flux);

    /** Every message of these flux that counts in the life of a dossier, the oldest first. */
    List<Message> list(UUID dossierId, Collection<String> flux);

    /** The same for several dossiers at once; those of one dossier the oldest first. */
    List<Message> list(Collection<UUID> dossierIds, Collection<String> flux);

    /** Writes a lot: all of it in the caller's transaction. */
    void write(Lot lot);
}
