package fr.interophub.acces;

import fr.interophub.catalogue.Ligne;
import fr.interophub.operateur.Operateur;
import java.util.List;

/**
 * One of the eliminatory checks of a CR_Cmd_Acces that ask for what the OI knows of its network (spec §3.3). The first two
 * of the six, annulation and overload, are the hub's own; whoever knows more answers one of these. A check that nobody
 * answers is the SI's, by its décision.
 */
public interface Controle {

    /** The checks, in the order of the specification: the first that fails gives the motif. */
    enum Nom {
        /** 3: the OI's rules of eligibility. */
        ELIGIBILITE,
        /** 4: the address is one of the OI's structure of addresses. */
        ADRESSE,
        /** 5: LOCA or COFI is open to this OC. */
        FINANCEMENT,
        /** 6: a route can be given, but for the agreed HOTLINE cases. */
        ROUTE
    }

    /** What a check says of one order. */
    sealed interface Avis {
        /** Nothing against it. */
        record Passe() implements Avis {}

        /**
         * It is refused.
         *
         * @param motif a code of the page's codification
         */
        record Refuse(String motif) implements Avis {}

        /** This cannot be said here: the SI decides, of this check and of those that follow. */
        record Indecis() implements Avis {}
    }

    Nom nom();

    /**
     * Looks at orders that passed every check before; asked once per lot.
     *
     * @return what it says of each, in their order
     */
    List<Avis> judge(Operateur operateur, List<Ligne> commandes);
}
