package fr.interophub.sav;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.echange.Registre;
import fr.interophub.operateur.Operateur;
import fr.interophub.parc.Acces;
import fr.interophub.parc.Parc;
import java.util.List;
import java.util.Optional;

/** Finds the access that a ticket is about: it must be the OC's, and have its CR MES (spec SAV §c, §d.3 G3). */
final class AccesConnus {

    private static final String ACCES = "acces";
    private static final String COMMANDE = "commande";

    private final Catalogue catalogue;
    private final Parc parc;
    private final Registre registre;

    AccesConnus(Catalogue catalogue, Parc parc, Registre registre) {
        this.catalogue = catalogue;
        this.parc = parc;
        this.registre = registre;
    }

    /** @throws Refuse when there is none, saying why */
    Acces get(Operateur oc, Dit dit) {
        String commercial = dit.get(Champs.COMMERCIAL);
        String technique = dit.get(Champs.TECHNIQUE);
        if (commercial.isEmpty()) {
            return byPrise(oc, technique);
        }
        Acces acces = parc.find(oc.code(), commercial)
                .orElseThrow(() -> unknown(
                        oc,
                        Champs.COMMERCIAL,
                        "ReferencePrestationPrise",
                        commercial,
                        !parc.list(commercial).isEmpty()));
        if (acces.etat() != Acces.Etat.EN_SERVICE) {
            throw Refuse.because(Situation.HORS_PARC, Champs.COMMERCIAL, null);
        }
        if (!technique.isEmpty() && acces.prise() != null && !acces.prise().equalsIgnoreCase(technique)) {
            throw parc.listEnService(List.of(technique)).isEmpty()
                    ? Refuse.because(Situation.INCONNU, Champs.TECHNIQUE, technique)
                    : Refuse.because(
                            Situation.INATTENDU,
                            Champs.TECHNIQUE,
                            "%s n'est pas la prise de %s".formatted(technique, commercial));
        }
        return acces;
    }

    private Acces byPrise(Operateur oc, String technique) {
        List<Acces> enService = parc.listEnService(List.of(technique));
        return enService.stream()
                .filter(acces -> acces.operateur().equals(oc.code()))
                .findFirst()
                .orElseThrow(() -> unknown(oc, Champs.TECHNIQUE, "ReferencePrise", technique, !enService.isEmpty()));
    }

    private Refuse unknown(Operateur oc, String champ, String reference, String valeur, boolean ofAnother) {
        boolean ordered = registre.listByReference(oc.code(), COMMANDE, reference, List.of(valeur)).stream()
                .anyMatch(commande -> catalogue
                        .find(ACCES, commande.version())
                        .filter(page -> !page.terminal(COMMANDE, commande.etat()))
                        .isPresent());
        if (ordered) {
            return Refuse.because(Situation.NON_AUTORISE, champ, "accès commandé, CR_MES_LigneFTTH non reçu");
        }
        return Refuse.because(ofAnother ? Situation.HORS_PARC : Situation.INCONNU, champ, ofAnother ? null : valeur);
    }

    /** The repair time that was subscribed for an access; null for none. */
    String gtr(Operateur oc, String commercial) {
        return Optional.ofNullable(commercial)
                .flatMap(prestation -> parc.find(oc.code(), prestation))
                .map(Acces::gtr)
                .orElse(null);
    }
}
