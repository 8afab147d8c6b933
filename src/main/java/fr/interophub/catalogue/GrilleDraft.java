package fr.interophub.catalogue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The matrix of a page as it is written, and what a careful colleague would say of it. */
record GrilleDraft(
        List<Grille.Colonne> colonnes,
        List<Grille.ConditionChamp> conditions,
        List<ChampDAction> champs,
        List<Grille.Retour> retours,
        List<Grille.Cloture> clotures,
        List<Grille.Alias> alias) {

    private static final Set<String> SERVICES = Set.of("create", "set", "read");
    private static final int LIBELLE = 150;

    Grille grille() {
        return new Grille(colonnes, conditions, champs, retours, clotures, alias);
    }

    /** Every fault, in French. */
    Stream<String> faults(List<Flux> flux) {
        var faults = new ArrayList<String>();
        columns(flux, faults);
        fields(faults);
        conditions(faults);
        spellings(faults);
        closures(faults);
        for (var retour : retours) {
            if (retour.libelle().isBlank() || retour.quand().isBlank()) {
                faults.add("code retour %s : sans libellé, ou sans « quand »".formatted(retour.situation()));
            }
        }
        return faults.stream();
    }

    private void columns(List<Flux> flux, List<String> faults) {
        var codes = flux.stream().map(Flux::code).collect(Collectors.toSet());
        var seen = new HashSet<String>();
        var said = new HashSet<String>();
        for (var colonne : colonnes) {
            var where = "colonne %s".formatted(colonne.nom());
            if (!seen.add(colonne.nom())) {
                faults.add("%s : écrite deux fois".formatted(where));
            }
            if (!SERVICES.contains(colonne.service())) {
                faults.add("%s : service « %s », attendu create, set ou read".formatted(where, colonne.service()));
            }
            colonne.flux()
                    .filter(code -> !codes.contains(code))
                    .ifPresent(code -> faults.add("%s : %s n'est pas un flux de la page".formatted(where, code)));
            colonne.flux()
                    .ifPresent(code -> (colonne.types().isEmpty() ? List.of("") : colonne.types())
                            .stream()
                                    .filter(type -> !said.add(code + " " + type))
                                    .forEach(type ->
                                            faults.add("%s : %s %s a déjà une colonne".formatted(where, code, type))));
            colonne.types().stream()
                    .filter(type -> champs.stream()
                            .filter(champ -> champ.nom().equals("messageType"))
                            .noneMatch(champ -> champ.valeurs().contains(type)))
                    .forEach(type -> faults.add("%s : %s n'est pas une valeur de messageType".formatted(where, type)));
        }
        codes.stream()
                .filter(code -> colonnes.stream()
                        .noneMatch(
                                colonne -> colonne.flux().filter(code::equals).isPresent()))
                .sorted()
                .forEach(code -> faults.add("flux %s : aucune colonne de champs.csv".formatted(code)));
    }

    private void fields(List<String> faults) {
        var names = new HashSet<String>();
        for (var champ : champs) {
            Stream.concat(Stream.of(champ.nom()), champ.alias().stream())
                    .filter(name -> !names.add(name))
                    .forEach(name -> faults.add("champ %s : nom ou alias écrit deux fois".formatted(name)));
            champ.regles().forEach((colonne, regle) -> {
                if (regle.valeur() != null
                        && !regle.valeur().equals(ChampDAction.Regle.COURANT)
                        && !champ.valeurs().isEmpty()
                        && !champ.valeurs().contains(regle.valeur())) {
                    faults.add("champ %s, colonne %s : %s n'est pas une de ses valeurs"
                            .formatted(champ.nom(), colonne, regle.valeur()));
                }
            });
        }
    }

    private void conditions(List<String> faults) {
        var declared = conditions.stream().map(Grille.ConditionChamp::nom).toList();
        var used = champs.stream()
                .flatMap(champ -> champ.regles().values().stream())
                .map(ChampDAction.Regle::condition)
                .filter(nom -> nom != null)
                .collect(Collectors.toSet());
        used.stream()
                .filter(nom -> !declared.contains(nom))
                .sorted()
                .forEach(nom -> faults.add("condition %s : non déclarée".formatted(nom)));
        for (var condition : conditions) {
            if (condition.sens().isEmpty()) {
                faults.add("condition %s : sans sens".formatted(condition.nom()));
            }
            if (!used.contains(condition.nom())) {
                faults.add("condition %s : aucun champ ne l'emploie".formatted(condition.nom()));
            }
        }
    }

    private void spellings(List<String> faults) {
        for (var champ : champs) {
            var folded = new HashSet<String>();
            champ.valeurs().stream()
                    .filter(value -> !folded.add(Page.fold(value)))
                    .forEach(
                            value -> faults.add("champ %s : valeur %s écrite deux fois".formatted(champ.nom(), value)));
        }
        for (var one : alias) {
            var champ = champs.stream().filter(c -> c.nom().equals(one.champ())).findFirst();
            if (champ.isEmpty() || !champ.get().valeurs().contains(one.lu())) {
                faults.add("alias %s : %s n'est pas une valeur de %s".formatted(one.ecrit(), one.lu(), one.champ()));
            }
        }
    }

    private void closures(List<String> faults) {
        var names = colonnes.stream().map(Grille.Colonne::nom).toList();
        for (var cloture : clotures) {
            if (!names.contains(cloture.colonne())) {
                faults.add("clôture %s : colonne %s inconnue".formatted(cloture.code(), cloture.colonne()));
            }
            if (cloture.libelle().isBlank() || cloture.etiquette().length() > LIBELLE) {
                faults.add("clôture %s : libellé vide, ou de plus de %d caractères avec son code"
                        .formatted(cloture.code(), LIBELLE));
            }
        }
    }
}
