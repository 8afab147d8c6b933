package fr.interophub.bacasable;

import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Passage;
import fr.interophub.catalogue.Role;
import fr.interophub.cycle.Cycle;
import java.util.Map;
import java.util.Optional;

/** One order on the state table, moved by what both parties say: where it stands, and what the table's conditions ask. */
final class Pion {

    private static final String PTO_EXISTANTE = "FIMP18";

    private final Page page;
    private final Cycle cycle;
    private final Modele modele;
    private final CasPto cas;
    private final boolean crKoAvecAnnulation;
    private String etat = Passage.NEANT;
    private String avant = Passage.NEANT;
    private boolean cr;
    private boolean prestation;
    private boolean stocOuvert;
    private boolean annulation;
    private Optional<Boolean> aPoser = Optional.empty();

    /**
     * @param crKoAvecAnnulation what the OC's contract says
     */
    Pion(Page page, Modele modele, CasPto cas, boolean crKoAvecAnnulation) {
        this.crKoAvecAnnulation = crKoAvecAnnulation;
        this.page = page;
        this.cycle = new Cycle(page.cycle("commande"));
        this.modele = modele;
        this.cas = cas;
    }

    String etat() {
        return etat;
    }

    /**
     * Where the order goes if this is said now.
     *
     * @param champs those of its fields that a condition of the table asks, at least
     * @return empty when the table does not admit it
     */
    Optional<String> find(Role role, String flux, Issue issue, Map<String, String> champs) {
        return cycle.advance(etat, flux, issue, condition -> holds(condition, role, champs))
                .map(to -> to.equals(Passage.PRECEDENT) ? avant : to);
    }

    /**
     * Says it.
     *
     * @throws java.util.NoSuchElementException when the table does not admit it
     */
    void say(Role role, String flux, Issue issue, Map<String, String> champs) {
        String next = find(role, flux, issue, champs).orElseThrow();
        if (!next.equals(etat)) {
            avant = etat;
            etat = next;
        }
        switch (flux) {
            case "CR_Cmd_Acces" -> {
                cr = true;
                prestation |= issue == Issue.OK;
            }
            case "Cmd_STOC" -> stocOuvert = true;
            case "Annulation_Acces" -> annulation = true;
            case "CR_Annulation_Acces" -> annulation = false;
            case "CR_STOC" -> {
                stocOuvert = false;
                aPoser = Optional.of(issue == Issue.KO
                        && "NON".equals(champs.get("PrisePosee"))
                        && page.readMotifs(champs.get("MotifKoCrRaccordementPrise")).stream()
                                .noneMatch(motif -> motif.code().equals(PTO_EXISTANTE)));
            }
            default -> {
                // Nothing that a condition asks later.
            }
        }
    }

    private boolean holds(String condition, Role role, Map<String, String> champs) {
        return switch (condition) {
            case "modele-OI", "modele-STOC", "modele-OC" -> condition.endsWith("-" + modele.name());
            case "a-construire" -> cas == CasPto.A_CONSTRUIRE;
            case "identifiee" -> cas == CasPto.IDENTIFIEE;
            case "non-identifiee" -> cas == CasPto.NON_IDENTIFIEE;
            case "route-reelle" -> !"HOTLINE".equals(champs.get("ReferencePrise"));
            case "route-hotline" -> "HOTLINE".equals(champs.get("ReferencePrise"));
            case "reprov-chaud" -> "CHAUD".equals(champs.get("TypeReprov"));
            case "reprov-froid" -> "FROID".equals(champs.get("TypeReprov"));
            case "operation-annul" -> "ANNUL".equals(champs.get("TypeOperation"));
            case "operation-resil" -> "RESIL".equals(champs.get("TypeOperation"));
            case "emis-par-OI" -> role == Role.OI;
            case "emis-par-OC" -> role == Role.OC;
            case "stoc-ouvert" -> stocOuvert;
            case "apres-echec-stoc" -> avant.equals("STOC_EN_ECHEC");
            case "pto-a-poser" -> aPoser.orElse(cas == CasPto.A_CONSTRUIRE);
            case "prestation-connue" -> prestation;
            case "annulation-en-cours" -> annulation;
            case "cr-ko-avec-annulation" -> crKoAvecAnnulation && !cr;
            default -> throw new IllegalArgumentException("condition que le bac à sable ne connaît pas : " + condition);
        };
    }
}
