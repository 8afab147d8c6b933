package fr.interophub.catalogue;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads the pages the way a careful colleague would, and tells every fault of every page at once, in French, in the words of
 * the table. The hub refuses to start on a faulty page; so does the build.
 */
final class CatalogueCheck {

    private static final String PAS = "pas ";
    private static final int LIBELLE = 255;

    private static final List<Function<PageDraft, Stream<String>>> CHECKS = List.of(
            CatalogueCheck::unnamedPage,
            CatalogueCheck::codeWrittenTwice,
            CatalogueCheck::incompleteFlux,
            CatalogueCheck::unknownFluxAttendu,
            CatalogueCheck::jetonWrittenTwice,
            CatalogueCheck::fluxNoPassageUses,
            CatalogueCheck::sheetMissing,
            CatalogueCheck::fluxFieldsUnknown,
            CatalogueCheck::columnsWrittenTwice,
            CatalogueCheck::conditionsOfSheets,
            CatalogueCheck::motifsOfSheets,
            CatalogueCheck::referencesUnknown,
            CatalogueCheck::motifs,
            CatalogueCheck::states,
            CatalogueCheck::conditions,
            CatalogueCheck::passages,
            CatalogueCheck::ambiguousPassages,
            CatalogueCheck::unreachableStates,
            CatalogueCheck::statesWithoutExit,
            CatalogueCheck::grille);

    private CatalogueCheck() {}

    /** Every fault of every page, each led by the page's name; empty when the pages are sound. */
    static List<String> faults(List<PageDraft> pages) {
        var faults = new LinkedHashSet<String>();
        for (var page : pages) {
            page.faults().forEach(fault -> faults.add(page.nom() + " : " + fault));
            if (!page.nom().equals("index")) {
                CHECKS.stream()
                        .flatMap(check -> check.apply(page))
                        .forEach(fault -> faults.add(page.nom() + " : " + fault));
                translations(page, pages).forEach(fault -> faults.add(page.nom() + " : " + fault));
                correspondances(page, pages).forEach(fault -> faults.add(page.nom() + " : " + fault));
            }
        }
        twice(pages.stream()
                        .map(page -> page.protocole() + " " + page.version())
                        .toList())
                .forEach(version -> faults.add("%s : deux pages pour la même version".formatted(version)));
        return List.copyOf(faults);
    }

    private static Set<String> twice(Collection<String> words) {
        var seen = new HashSet<String>();
        return words.stream()
                .filter(word -> !seen.add(word))
                .collect(java.util.stream.Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> codes(PageDraft page) {
        return page.flux().stream().map(Flux::code).collect(toSet());
    }

    private static Stream<String> unnamedPage(PageDraft page) {
        return page.protocole().isEmpty() || page.version().isEmpty()
                ? Stream.of("« protocole » ou « version » n'est pas écrit")
                : Stream.empty();
    }

    // flux

    private static Stream<String> codeWrittenTwice(PageDraft page) {
        return twice(page.flux().stream().map(Flux::code).toList()).stream()
                .map("flux %s : écrit deux fois"::formatted);
    }

    private static Stream<String> incompleteFlux(PageDraft page) {
        return page.flux().stream().flatMap(flux -> {
            var faults = new ArrayList<String>();
            if (flux.emisPar().isEmpty()) {
                faults.add("flux %s : personne ne l'émet".formatted(flux.code()));
            }
            if (!page.cycle().containsKey(flux.objet()) && flux.horsCycle().isEmpty()) {
                faults.add("flux %s : objet « %s » sans cycle".formatted(flux.code(), flux.objet()));
            }
            if (page.feuilles() && (flux.reference().isEmpty() || flux.jeton().isEmpty())) {
                faults.add("flux %s : « reference » ou « jeton » n'est pas écrit".formatted(flux.code()));
            }
            return faults.stream();
        });
    }

    private static Stream<String> unknownFluxAttendu(PageDraft page) {
        return page.flux().stream()
                .flatMap(flux -> flux.attend().stream()
                        .filter(attendu -> !codes(page).contains(attendu))
                        .map(attendu ->
                                "flux %s : attend %s, que la page ne connaît pas".formatted(flux.code(), attendu)));
    }

    private static Stream<String> jetonWrittenTwice(PageDraft page) {
        return twice(page.flux().stream()
                        .map(Flux::jeton)
                        .filter(jeton -> !jeton.isEmpty())
                        .toList())
                .stream()
                .map("jeton %s : deux flux le portent"::formatted);
    }

    private static Stream<String> fluxNoPassageUses(PageDraft page) {
        var used = page.cycle().values().stream()
                .flatMap(List::stream)
                .map(Passage::sur)
                .collect(toSet());
        return page.flux().stream()
                .filter(flux -> used.contains(flux.code()) == flux.horsCycle().isPresent())
                .map(flux -> flux.horsCycle().isPresent()
                        ? "flux %s : dit hors cycle, et un passage l'emploie".formatted(flux.code())
                        : "flux %s : aucun passage du cycle ne l'emploie".formatted(flux.code()));
    }

    // sheets

    private static Stream<String> sheetMissing(PageDraft page) {
        return page.flux().stream()
                .filter(flux -> page.feuilles()
                        && page.sheets().getOrDefault(flux.code(), List.of()).isEmpty())
                .map(flux -> "flux %s : pas de feuille de champs".formatted(flux.code()));
    }

    private static Stream<String> fluxFieldsUnknown(PageDraft page) {
        return page.flux().stream()
                .filter(flux -> page.sheets().containsKey(flux.code()))
                .flatMap(flux -> {
                    var champs = byName(page.sheets().get(flux.code()));
                    var faults = new ArrayList<String>();
                    var named = new ArrayList<Map.Entry<String, String>>();
                    named.add(Map.entry("reference", flux.reference()));
                    flux.etat().ifPresent(champ -> named.add(Map.entry("etat", champ)));
                    flux.ouEtats().forEach(champ -> named.add(Map.entry("ou-etats", champ)));
                    flux.motif().ifPresent(champ -> named.add(Map.entry("motif", champ)));
                    flux.date().ifPresent(champ -> named.add(Map.entry("date", champ)));
                    for (var entry : named) {
                        var champ = champs.get(entry.getValue());
                        if (champ == null) {
                            faults.add("flux %s : %s %s, que sa feuille n'a pas"
                                    .formatted(flux.code(), entry.getKey(), entry.getValue()));
                        } else if (entry.getKey().endsWith("etat")
                                || entry.getKey().equals("ou-etats")) {
                            if (!champ.forme().valeurs().equals(List.of("OK", "KO"))) {
                                faults.add("flux %s : %s n'est pas de forme OK|KO".formatted(flux.code(), champ.nom()));
                            }
                        } else if (entry.getKey().equals("date")
                                && champ.forme().genre() != Forme.Genre.DATE_HEURE) {
                            faults.add(
                                    "flux %s : %s n'est pas de forme date-heure".formatted(flux.code(), champ.nom()));
                        }
                    }
                    return faults.stream();
                });
    }

    private static Map<String, Champ> byName(List<Champ> champs) {
        var map = new HashMap<String, Champ>();
        champs.forEach(champ -> map.putIfAbsent(champ.nom(), champ));
        return map;
    }

    private static Stream<String> columnsWrittenTwice(PageDraft page) {
        return page.sheets().entrySet().stream().flatMap(sheet -> {
            var spellings = new ArrayList<String>();
            var names = new HashMap<String, String>();
            for (var champ : sheet.getValue()) {
                Stream.concat(Stream.of(champ.nom()), champ.alias().stream()).forEach(name -> {
                    spellings.add(Entetes.normalise(name));
                    names.put(Entetes.normalise(name), name);
                });
            }
            return twice(spellings).stream()
                    .map(name -> "feuille %s : colonne ou alias %s écrit deux fois"
                            .formatted(sheet.getKey(), names.get(name)));
        });
    }

    private static Stream<String> conditionsOfSheets(PageDraft page) {
        return page.sheets().entrySet().stream().flatMap(sheet -> {
            var champs = byName(sheet.getValue());
            return sheet.getValue().stream().flatMap(champ -> {
                var where = "feuille %s, champ %s".formatted(sheet.getKey(), champ.nom());
                var faults = new ArrayList<String>();
                if (champ.si().ecrite() && champ.presence() != Presence.C) {
                    faults.add("%s : « si » est écrit, la présence devrait être C".formatted(where));
                }
                Stream.concat(champ.si().termes().stream(), champ.sauf().termes().stream())
                        .forEach(term -> {
                            var other = champs.get(term.champ());
                            if (other == null) {
                                faults.add(
                                        "%s : condition sur %s, que la feuille n'a pas".formatted(where, term.champ()));
                            } else if (other.forme().genre() == Forme.Genre.LISTE) {
                                term.valeurs().stream()
                                        .filter(value -> !value.isEmpty()
                                                && !other.forme().valeurs().contains(value))
                                        .forEach(value -> faults.add("%s : %s n'est pas une valeur de %s"
                                                .formatted(where, value, other.nom())));
                            }
                        });
                return faults.stream();
            });
        });
    }

    private static Stream<String> motifsOfSheets(PageDraft page) {
        var codes = page.motifs().stream().map(Motif::code).collect(toSet());
        return page.sheets().entrySet().stream()
                .flatMap(sheet -> sheet.getValue().stream()
                        .flatMap(champ -> Stream.of(champ.vide(), champ.faux())
                                .flatMap(Optional::stream)
                                .filter(code -> !codes.contains(code))
                                .map(code -> "feuille %s, champ %s : motif %s inconnu"
                                        .formatted(sheet.getKey(), champ.nom(), code))));
    }

    private static Stream<String> referencesUnknown(PageDraft page) {
        var champs = page.sheets().values().stream()
                .flatMap(List::stream)
                .map(Champ::nom)
                .collect(toSet());
        return page.references().stream()
                .filter(reference -> page.feuilles() && !champs.contains(reference))
                .map("références : %s n'est dans aucune feuille"::formatted);
    }

    private static Stream<String> motifs(PageDraft page) {
        var codes = codes(page);
        return Stream.concat(
                twice(page.motifs().stream().map(Motif::code).toList()).stream()
                        .map("motif %s : écrit deux fois"::formatted),
                page.motifs().stream().flatMap(motif -> {
                    var faults = new ArrayList<String>();
                    if (motif.code().isBlank()
                            || motif.libelle().isBlank()
                            || motif.libelle().length() > LIBELLE) {
                        faults.add("motif %s : code ou libellé vide, ou libellé de plus de %d caractères"
                                .formatted(motif.code(), LIBELLE));
                    }
                    motif.flux().stream()
                            .filter(flux -> !codes.contains(flux))
                            .forEach(flux -> faults.add(
                                    "motif %s : %s n'est pas un flux de la page".formatted(motif.code(), flux)));
                    return faults.stream();
                }));
    }

    // translation into the other versions of the protocol

    private static Stream<String> translations(PageDraft page, List<PageDraft> pages) {
        return page.traduction().entrySet().stream().flatMap(flux -> {
            var where = "traduction " + flux.getKey();
            var champs = byName(page.sheets().getOrDefault(flux.getKey(), List.of()));
            var elsewhere = pages.stream()
                    .filter(other -> other != page && other.protocole().equals(page.protocole()))
                    .map(other -> byName(other.sheets().getOrDefault(flux.getKey(), List.of())))
                    .flatMap(other -> other.keySet().stream())
                    .collect(toSet());
            var faults = new ArrayList<String>();
            if (!codes(page).contains(flux.getKey())) {
                faults.add("%s : ce n'est pas un flux de la page".formatted(where));
            }
            Stream.concat(flux.getValue().defauts().keySet().stream(), flux.getValue().deplaces().keySet().stream())
                    .filter(champ -> !champs.containsKey(champ))
                    .forEach(champ -> faults.add("%s : %s, que sa feuille n'a pas".formatted(where, champ)));
            flux.getValue().defauts().forEach((champ, value) -> {
                if (champs.containsKey(champ) && !champs.get(champ).forme().admet(value)) {
                    faults.add("%s : « %s » n'est pas une valeur de %s".formatted(where, value, champ));
                }
            });
            flux.getValue().deplaces().values().stream()
                    .flatMap(List::stream)
                    .filter(place -> !elsewhere.contains(place))
                    .forEach(place -> faults.add("%s : place %s, qu'aucune autre version n'a".formatted(where, place)));
            return faults.stream();
        });
    }

    // the same said in calls of another version of the protocol

    private static Stream<String> correspondances(PageDraft page, List<PageDraft> pages) {
        var others = pages.stream()
                .filter(other -> other.protocole().equals(page.protocole()))
                .flatMap(other -> other.grille().stream())
                .map(GrilleDraft::grille)
                .toList();
        return page.correspondances().stream().flatMap(one -> {
            var where = "correspondance %s %s %s".formatted(one.emetteur(), one.flux(), one.colonne());
            var colonnes =
                    byName(page.sheets().getOrDefault(one.flux(), List.of())).keySet();
            var faults = new ArrayList<String>();
            boolean emitted = page.flux().stream()
                    .anyMatch(flux ->
                            flux.code().equals(one.flux()) && flux.emisPar().contains(one.emetteur()));
            if (!one.flux().isEmpty() && !emitted) {
                faults.add("%s : ce n'est pas un flux que l'%s émet".formatted(where, one.emetteur()));
            }
            if (!one.colonne().isEmpty() && !colonnes.contains(one.colonne())) {
                faults.add("%s : colonne que sa feuille n'a pas".formatted(where));
            }
            boolean said = others.stream()
                    .anyMatch(grille -> grille.colonnes().stream()
                            .anyMatch(colonne -> colonne.flux().equals(Optional.of(one.action()))));
            if (!one.action().isEmpty() && !said) {
                faults.add("%s : action %s, qu'aucune autre version n'a".formatted(where, one.action()));
            }
            var conditions = one.si().termes().stream().map(Condition.Terme::champ);
            Stream.concat(one.champs().stream(), one.emetteur() == Role.OI ? conditions : Stream.of())
                    .filter(champ -> others.stream()
                            .noneMatch(grille -> grille.champ(champ).isPresent()))
                    .forEach(champ -> faults.add("%s : champ %s, qu'aucune autre version n'a".formatted(where, champ)));
            if (one.emetteur() == Role.OC) {
                one.si().termes().stream()
                        .map(Condition.Terme::champ)
                        .filter(champ -> !colonnes.contains(champ))
                        .forEach(champ ->
                                faults.add("%s : condition sur %s, que la feuille n'a pas".formatted(where, champ)));
            }
            return faults.stream();
        });
    }

    // cycle

    private static Set<String> states(PageDraft page, String objet) {
        return page.etats().stream()
                .filter(etat -> etat.objet().equals(objet))
                .map(Page.Etat::nom)
                .collect(java.util.stream.Collectors.toCollection(LinkedHashSet::new));
    }

    private static Stream<String> states(PageDraft page) {
        var names = page.etats().stream()
                .map(etat -> etat.objet() + ", état " + etat.nom())
                .toList();
        return Stream.concat(
                twice(names).stream().map("%s : écrit deux fois"::formatted),
                page.etats().stream().flatMap(etat -> {
                    var where = "%s, état %s".formatted(etat.objet(), etat.nom());
                    if (PageReader.RESERVES.contains(etat.nom()) || etat.nom().isEmpty()) {
                        return Stream.of("%s : mot réservé, ou vide".formatted(where));
                    }
                    return etat.libelle().isEmpty() ? Stream.of("%s : sans libellé".formatted(where)) : Stream.empty();
                }));
    }

    private static Stream<String> conditions(PageDraft page) {
        var used = page.cycle().values().stream()
                .flatMap(List::stream)
                .flatMap(passage -> passage.si().stream())
                .map(CatalogueCheck::bare)
                .collect(toSet());
        return Stream.concat(
                twice(page.conditions().stream().map(Page.ConditionCycle::nom).toList()).stream()
                        .map("condition %s : écrite deux fois"::formatted),
                page.conditions().stream().flatMap(condition -> {
                    var faults = new ArrayList<String>();
                    if (condition.sens().isEmpty()) {
                        faults.add("condition %s : sans sens".formatted(condition.nom()));
                    }
                    if (!used.contains(condition.nom())) {
                        faults.add("condition %s : aucun passage ne l'emploie".formatted(condition.nom()));
                    }
                    return faults.stream();
                }));
    }

    private static String bare(String si) {
        return si.startsWith(PAS) ? si.substring(PAS.length()) : si;
    }

    private static Stream<String> passages(PageDraft page) {
        var conditions =
                page.conditions().stream().map(Page.ConditionCycle::nom).collect(toSet());
        var verdicts = new HashMap<String, Boolean>();
        page.flux()
                .forEach(flux -> verdicts.putIfAbsent(flux.code(), flux.etat().isPresent()));
        return page.cycle().entrySet().stream().flatMap(objet -> {
            var states = states(page, objet.getKey());
            return objet.getValue().stream().flatMap(passage -> {
                var where = "cycle %s, %s en %s sur %s"
                        .formatted(objet.getKey(), passage.id(), passage.en(), passage.sur());
                var faults = new ArrayList<String>();
                if (passage.id().isEmpty()) {
                    faults.add("%s : sans id".formatted(where));
                }
                if (!passage.en().equals(Passage.NEANT) && !states.contains(passage.en())) {
                    faults.add("%s : état %s non déclaré".formatted(where, passage.en()));
                }
                passage.exits().stream()
                        .filter(state -> !state.equals(Passage.PRECEDENT)
                                && !state.equals(passage.en())
                                && !states.contains(state))
                        .forEach(state -> faults.add("%s : état %s non déclaré".formatted(where, state)));
                if (passage.exits().isEmpty()) {
                    faults.add("%s : ne mène nulle part".formatted(where));
                }
                boolean delay = passage.sur().equals(Passage.DELAI);
                if (!delay && !verdicts.containsKey(passage.sur())) {
                    faults.add("%s : %s n'est pas un flux de la page".formatted(where, passage.sur()));
                } else if (!delay
                        && verdicts.get(passage.sur())
                        && passage.vers().isPresent()) {
                    faults.add("%s : le flux dit OK ou KO, « vers » ne sert jamais".formatted(where));
                } else if ((delay || !verdicts.get(passage.sur()))
                        && (passage.ok().isPresent() || passage.ko().isPresent())) {
                    faults.add("%s : le flux ne dit ni OK ni KO, attendu « vers »".formatted(where));
                }
                passage.si().stream()
                        .filter(si -> !conditions.contains(bare(si)))
                        .forEach(si -> faults.add("%s : condition %s non déclarée".formatted(where, bare(si))));
                return faults.stream();
            });
        });
    }

    /** Two lines that could both apply. Lines are told apart by a condition and its contrary, or by two of one family. */
    private static Stream<String> ambiguousPassages(PageDraft page) {
        var families = new HashMap<String, String>();
        page.conditions()
                .forEach(condition -> condition.famille().ifPresent(family -> families.put(condition.nom(), family)));
        return page.cycle().entrySet().stream().flatMap(objet -> {
            var faults = new ArrayList<String>();
            var passages = objet.getValue();
            for (int i = 0; i < passages.size(); i++) {
                for (int j = i + 1; j < passages.size(); j++) {
                    var one = passages.get(i);
                    var other = passages.get(j);
                    if (one.en().equals(other.en())
                            && one.sur().equals(other.sur())
                            && sameExit(one, other)
                            && !contrary(one.si(), other.si(), families)) {
                        faults.add("cycle %s, en %s sur %s : %s et %s peuvent s'appliquer ensemble"
                                .formatted(objet.getKey(), one.en(), one.sur(), one.id(), other.id()));
                    }
                }
            }
            return faults.stream();
        });
    }

    private static boolean sameExit(Passage one, Passage other) {
        return one.vers().isPresent() && other.vers().isPresent()
                || one.ok().isPresent() && other.ok().isPresent()
                || one.ko().isPresent() && other.ko().isPresent();
    }

    private static boolean contrary(List<String> one, List<String> other, Map<String, String> families) {
        for (var a : one) {
            for (var b : other) {
                boolean opposite = !a.equals(b) && bare(a).equals(bare(b));
                boolean rivals = !a.equals(b)
                        && !a.startsWith(PAS)
                        && !b.startsWith(PAS)
                        && families.containsKey(a)
                        && families.get(a).equals(families.get(b));
                if (opposite || rivals) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Stream<String> unreachableStates(PageDraft page) {
        return page.etats().stream().map(Page.Etat::objet).distinct().flatMap(objet -> {
            var passages = page.cycle().getOrDefault(objet, List.of());
            var reached = new HashSet<String>();
            var next = new ArrayDeque<String>(List.of(Passage.NEANT));
            while (!next.isEmpty()) {
                var state = next.poll();
                passages.stream()
                        .filter(passage -> passage.en().equals(state))
                        .flatMap(passage -> passage.exits().stream())
                        .filter(reached::add)
                        .forEach(next::add);
            }
            return states(page, objet).stream()
                    .filter(state -> !reached.contains(state))
                    .map(state -> "%s, état %s : aucun passage n'y mène".formatted(objet, state));
        });
    }

    private static Stream<String> statesWithoutExit(PageDraft page) {
        return page.etats().stream()
                .filter(etat -> !etat.terminal())
                .filter(etat -> page.cycle().getOrDefault(etat.objet(), List.of()).stream()
                        .filter(passage -> passage.en().equals(etat.nom()))
                        .flatMap(passage -> passage.exits().stream())
                        .allMatch(etat.nom()::equals))
                .map(etat -> "%s, état %s : il n'est pas final et aucun passage n'en sort"
                        .formatted(etat.objet(), etat.nom()));
    }

    private static Stream<String> grille(PageDraft page) {
        return page.grille().stream().flatMap(grille -> grille.faults(page.flux()));
    }
}
