package fr.interophub.operateur;

import fr.interophub.BaseDEssai;
import java.time.Clock;
import java.util.List;
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

    /** An operator that asks for nothing of its own. */
    public static Operateur operateur(String code) {
        return with(code, Contrat.DEFAUT);
    }

    public static Operateur with(String code, Contrat contrat) {
        return new Operateur(code, "OC " + code, "910000009", true, null, null, null, contrat);
    }
}
