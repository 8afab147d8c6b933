package fr.interophub.operateur;

import fr.interophub.BaseDEssai;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;

/** The real directory, over a store of the tests. */
public final class AnnuaireDEssai {

    private AnnuaireDEssai() {}

    public static Annuaire of(BaseDEssai base, Operateur... operateurs) {
        JdbcAnnuaire annuaire =
                new JdbcAnnuaire(base.jdbc(), Jackson2ObjectMapperBuilder.json().build(), Clock.systemUTC());
        List.of(operateurs).forEach(annuaire::save);
        return annuaire;
    }

    /** A directory without a store, which always holds the same. */
    public static Annuaire memoire(List<Operateur> operateurs) {
        return new Annuaire() {
            @Override
            public Optional<Operateur> find(String code) {
                return operateurs.stream().filter(oc -> oc.code().equals(code)).findFirst();
            }

            @Override
            public List<Operateur> list() {
                return operateurs;
            }

            @Override
            public Optional<Operateur> findBySftp(String login) {
                return Optional.empty();
            }

            @Override
            public Optional<Operateur> findByCleApi(String empreinte) {
                return Optional.empty();
            }

            @Override
            public void save(Operateur operateur) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void onChange(Listener listener) {
                listener.changed(operateurs);
            }

            @Override
            public void refresh() {}
        };
    }

    /** An operator that asks for nothing of its own. */
    public static Operateur operateur(String code) {
        return with(code, Contrat.DEFAUT);
    }

    public static Operateur with(String code, Contrat contrat) {
        return new Operateur(code, "OC " + code, "910000009", true, null, null, null, contrat);
    }
}
