package fr.interophub.acces;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Passage;
import fr.interophub.catalogue.Role;
import fr.interophub.cycle.Chemin.Attendu;
import fr.interophub.cycle.Chemin.Cadre;
import fr.interophub.cycle.Chemin.Dit;
import fr.interophub.cycle.Chemin.Effet;
import fr.interophub.cycle.Chemin.Pas;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Lot;
import fr.interophub.operateur.Contrat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a dossier on its state table: the way it has come, what each party may say now, and what is owed. Changes nothing.
 */
public final class Parcours {

    private static final String PAS = "pas ";

    private final Catalogue catalogue;
    private final Suivi suivi;

    public Parcours(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.suivi = new Suivi(catalogue);
    }

    /**
     * The way that a dossier has come: its messages folded once more over its page (decision State-Follows-Journal).
     *
     * @param dits what was said and counts, from the beginning
     * @return one step for each; fewer when the page does not know the rest any more
     */
    public List<Pas> walk(Dossier dossier, Collection<Dit> dits) {
        List<Pas> walked = new ArrayList<>();
        Page page = catalogue.page(dossier.protocole(), dossier.version());
        Dossier again = Dossier.open(
                dossier.objet(),
                dossier.protocole(),
                dossier.version(),
                dossier.operateur(),
                dossier.cle(),
                dossier.empreinte(),
                Passage.NEANT,
                dossier.creeLe());
        for (Dit dit : dits) {
            String before = again.etat();
            if (advance(page, again, dit).isEmpty()) {
                break;
            }
            walked.add(new Pas(before, again.etat()));
        }
        return walked;
    }

    private Optional<String> advance(Page page, Dossier again, Dit dit) {
        if (dit.flux().equals(Passage.DELAI)) {
            return suivi.lapse(again, dit.date());
        }
        return page.findFlux(dit.flux()).flatMap(flux -> {
            FluxSheet sheet = page.feuille(flux.code());
            Map<String, String> champs = new LinkedHashMap<>(dit.champs());
            // What another version of the protocol said beside.
            champs.keySet().removeIf(champ -> sheet.find(champ).isEmpty());
            return suivi.advance(
                    again, flux, dit.emetteur(), dit.issue(), sheet.ligne(0, champs), new Lot(""), dit.date());
        });
    }

    /**
     * What each party may say now, in the order of the page, what is owed first. Conditions on the message to come are left
     * open; those on the dossier are asked. A question that was just asked leaves its answer owed, and nothing else.
     */
    public List<Attendu> expect(Dossier dossier, Contrat contrat) {
        Page page = catalogue.page(dossier.protocole(), dossier.version());
        List<Attendu> may = new ArrayList<>();
        for (Flux flux : page.flux()) {
            if (flux.pratique() || contrat.gelDegel()) {
                flux.emisPar().stream()
                        .sorted()
                        .forEach(emetteur ->
                                expect(page, dossier, flux, emetteur, contrat).ifPresent(may::add));
            }
        }
        Optional<String> answer = page.findFlux(lastSaid(dossier)).flatMap(Flux::attend);
        List<Attendu> due = may.stream()
                .filter(one -> answer.filter(one.flux()::equals).isPresent())
                .toList();
        List<Attendu> ordered = new ArrayList<>();
        for (boolean owed : new boolean[] {true, false}) {
            may.stream()
                    .map(one -> new Attendu(
                            one.emetteur(), one.flux(), due.isEmpty() ? one.du() : due.contains(one), one.effets()))
                    .filter(one -> one.du() == owed)
                    .forEach(ordered::add);
        }
        return ordered;
    }

    private static String lastSaid(Dossier dossier) {
        String vie = dossier.vie();
        return vie.substring(vie.lastIndexOf("> ") + 1).trim().split(" ")[0];
    }

    private Optional<Attendu> expect(Page page, Dossier dossier, Flux flux, Role emetteur, Contrat contrat) {
        List<Passage> open = page.cycle(dossier.objet()).stream()
                .filter(passage ->
                        passage.en().equals(dossier.etat()) && passage.sur().equals(flux.code()))
                .filter(passage -> passage.si().stream().allMatch(si -> possible(si, dossier, emetteur, contrat)))
                .toList();
        Set<Effet> effets = new LinkedHashSet<>();
        for (Passage passage : open) {
            passage.vers().ifPresent(vers -> effets.add(effet(null, vers, dossier)));
            passage.ok().ifPresent(vers -> effets.add(effet(Issue.OK, vers, dossier)));
            passage.ko().ifPresent(vers -> effets.add(effet(Issue.KO, vers, dossier)));
        }
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of(new Attendu(emetteur, flux.code(), open.stream().anyMatch(Passage::du), effets));
    }

    private static Effet effet(Issue issue, String vers, Dossier dossier) {
        return new Effet(
                issue,
                vers.equals(Passage.PRECEDENT) ? dossier.faits().getOrDefault(Faits.AVANT, dossier.etat()) : vers);
    }

    private static boolean possible(String si, Dossier dossier, Role emetteur, Contrat contrat) {
        boolean negated = si.startsWith(PAS);
        String name = negated ? si.substring(PAS.length()) : si;
        return ConditionsAcces.ofTheMessage(name)
                || ConditionsAcces.holds(name, dossier, null, emetteur, contrat) != negated;
    }

    /**
     * What part of the table is this dossier's: its model, its PTO case, every condition that only its order decides. {@code
     * annulation-en-cours} does not hold: what an annulation stops is drawn as if there were none.
     */
    public Cadre frame(Dossier dossier) {
        Set<String> vraies = new HashSet<>();
        Set<String> fausses = new HashSet<>(Set.of("annulation-en-cours"));
        for (Page.ConditionCycle condition :
                catalogue.page(dossier.protocole(), dossier.version()).listConditions()) {
            if (ConditionsAcces.ofTheOrder(condition.nom())) {
                (ConditionsAcces.holds(condition.nom(), dossier, null, null, Contrat.DEFAUT) ? vraies : fausses)
                        .add(condition.nom());
            }
        }
        return new Cadre(vraies, fausses);
    }
}
