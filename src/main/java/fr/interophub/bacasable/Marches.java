package fr.interophub.bacasable;

import fr.interophub.bacasable.Scenario.Commande;
import fr.interophub.bacasable.Scenario.Parole;
import fr.interophub.bacasable.Scenario.Step;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Motif;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Lives that nobody has written: scénarios drawn at random that never leave the state table, played as any other. Flux of
 * the page that are not practised, or speak of appointments, are left out.
 */
public final class Marches {

    /** What an order that may be refused, or cancelled, does so seldom: one time in so many. */
    private static final int RARE = 12;

    private static final String COMMANDE = "commande";

    private final Page page;
    private final Random hasard;
    private int drawn;

    /**
     * @param hasard the same seed gives the same walks
     */
    public Marches(Page page, Random hasard) {
        this.page = page;
        this.hasard = hasard;
    }

    /**
     * Draws one walk.
     *
     * @param longueur the most steps it has, at least 2; one more for the answer to an annulation; fewer where it
     *     closes the order
     */
    public Scenario next(int longueur) {
        Marche marche = new Marche(any(List.of(Modele.values())), any(List.of(CasPto.values())));
        marche.walk(longueur);
        return new Scenario(
                "MARCHE-%04d".formatted(++drawn),
                "marche au hasard",
                "",
                true,
                Optional.empty(),
                Optional.empty(),
                List.of(new Commande("A", 1, marche.modele, marche.cas)),
                marche.steps);
    }

    private <T> T any(List<T> things) {
        return things.get(hasard.nextInt(things.size()));
    }

    /** One order, from its first word. */
    private final class Marche {

        private final Modele modele;
        private final CasPto cas;
        private final Pion pion;
        private final List<Step> steps = new ArrayList<>();

        /** What an annulation would be now (spec Accès 1.2 §5.9): a walk lasts less than a day, or has said the pivot. */
        private String operation = "ANNUL";

        Marche(Modele modele, CasPto cas) {
            this.modele = modele;
            this.cas = cas;
            this.pion = new Pion(page, modele, cas, false);
        }

        void walk(int longueur) {
            if (hasard.nextInt(RARE) == 0) {
                say(parole(Role.OC, "Cmd_Acces", null, Map.of("TypeCommandeDemande", "XXXX")));
                say(parole(Role.OI, "AR_Cmd_Acces", Issue.KO, Map.of()));
                return;
            }
            say(parole(Role.OC, "Cmd_Acces", null, Map.of()));
            say(parole(Role.OI, "AR_Cmd_Acces", Issue.OK, Map.of()));
            List<Parole> admitted = admitted();
            while (steps.size() < longueur && !admitted.isEmpty()) {
                Parole parole = any(admitted);
                if (find(parole).orElseThrow().equals(pion.etat())) {
                    // Free messages are admitted nearly everywhere: a walk should also get somewhere.
                    parole = any(admitted);
                }
                say(parole);
                if (parole.flux().equals("Annulation_Acces")) {
                    say(parole(Role.OI, "CR_Annulation_Acces", Issue.OK, Map.of("TypeOperation", operation)));
                    return;
                }
                admitted = page.terminal(COMMANDE, pion.etat()) && !pion.etat().equals("EN_SERVICE")
                        ? List.of()
                        : admitted();
            }
        }

        private Parole parole(Role role, String flux, Issue issue, Map<String, String> champs) {
            return new Parole(role, flux, Optional.ofNullable(issue), Optional.empty(), champs, false);
        }

        /** What may be said now; what would end the order for good, only seldom. */
        private List<Parole> admitted() {
            boolean end = hasard.nextInt(RARE) == 0;
            return page.flux().stream()
                    .filter(flux ->
                            flux.objet().equals(COMMANDE) && flux.pratique() && !Joueur.HUB_SAYS.contains(flux.code()))
                    .flatMap(flux -> flux.emisPar().stream()
                            .sorted()
                            .flatMap(role -> variants(flux).stream()
                                    .map(v -> new Parole(role, flux.code(), v.issue, v.motif, v.champs, false))))
                    .filter(parole -> find(parole)
                            .filter(etat -> end || !ends(parole, etat))
                            .isPresent())
                    .toList();
        }

        private static boolean ends(Parole parole, String etat) {
            return parole.flux().equals("Annulation_Acces") || etat.startsWith("REJETEE");
        }

        private record Variant(Optional<Issue> issue, Optional<String> motif, Map<String, String> champs) {}

        /** The ways to say a flux between which a condition of the table tells. */
        private List<Variant> variants(Flux flux) {
            Optional<String> none = Optional.empty();
            List<Variant> variants = new ArrayList<>();
            List<Optional<Issue>> issues = flux.etat().isEmpty()
                    ? List.of(Optional.empty())
                    : List.of(Optional.of(Issue.OK), Optional.of(Issue.KO));
            for (Optional<Issue> issue : issues) {
                boolean ko = issue.equals(Optional.of(Issue.KO));
                switch (flux.code()) {
                    case "CR_Cmd_Acces" -> {
                        if (!ko && cas != CasPto.IDENTIFIEE) {
                            variants.add(new Variant(issue, none, Map.of("ReferencePrise", "HOTLINE")));
                        }
                        if (ko || cas != CasPto.NON_IDENTIFIEE) {
                            variants.add(new Variant(issue, none, Map.of()));
                        }
                    }
                    case "Notif_Reprov" -> {
                        variants.add(new Variant(issue, none, Map.of("TypeReprov", "FROID")));
                        variants.add(new Variant(issue, none, Map.of("TypeReprov", "CHAUD")));
                    }
                    case "CR_STOC" -> {
                        variants.add(new Variant(issue, none, Map.of("PrisePosee", "OUI")));
                        variants.add(new Variant(issue, none, Map.of("PrisePosee", "NON")));
                        if (ko) {
                            variants.add(new Variant(issue, Optional.of("FIMP18"), Map.of("PrisePosee", "NON")));
                        }
                    }
                    // Said twice in one minute, the same words would make the same file, which has no effect.
                    case "Mess_OC_Cmd_Acces" ->
                        variants.add(new Variant(issue, none, Map.of("Message", "Message de l'étape " + numero())));
                    case "Notif_Racc_KO" ->
                        variants.add(
                                new Variant(issue, none, Map.of("CommentaireRaccKO", "Mesure de l'étape " + numero())));
                    default -> variants.add(new Variant(issue, none, Map.of()));
                }
            }
            return variants;
        }

        private Optional<String> find(Parole parole) {
            return pion.find(parole.role(), parole.flux(), parole.issue().orElse(null), champs(parole));
        }

        private Map<String, String> champs(Parole parole) {
            Map<String, String> champs = new HashMap<>(parole.champs());
            parole.motif()
                    .flatMap(page::motif)
                    .map(Motif::libelle)
                    .ifPresent(libelle ->
                            champs.put(page.flux(parole.flux()).motif().orElseThrow(), libelle));
            return champs;
        }

        private void say(Parole parole) {
            pion.say(parole.role(), parole.flux(), parole.issue().orElse(null), champs(parole));
            boolean pivot = modele == Modele.OC
                    ? parole.flux().equals("CR_Cmd_Acces")
                    : parole.flux().equals("CR_MAD_LigneFTTH") && parole.issue().equals(Optional.of(Issue.OK));
            operation = pivot ? "RESIL" : operation;
            // RECUE is passed through in one breath: nobody can see it.
            Optional<String> etat = pion.etat().equals("RECUE") || parole.flux().equals("Annulation_Acces")
                    ? Optional.empty()
                    : Optional.of(pion.etat());
            int n = numero();
            steps.add(new Step(n, String.valueOf(n), "A", parole, false, Optional.empty(), etat, Optional.empty()));
        }

        private int numero() {
            return steps.size() + 1;
        }
    }
}
