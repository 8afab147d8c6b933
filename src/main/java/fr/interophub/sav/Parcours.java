package fr.interophub.sav;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Passage;
import fr.interophub.catalogue.Role;
import fr.interophub.cycle.Chemin.Attendu;
import fr.interophub.cycle.Chemin.Cadre;
import fr.interophub.cycle.Chemin.Dit;
import fr.interophub.cycle.Chemin.Effet;
import fr.interophub.cycle.Chemin.Pas;
import fr.interophub.echange.Dossier;
import fr.interophub.operateur.Contrat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a ticket on its two state tables: the way it has come, what each party may say now, and what is owed. */
public final class Parcours {

    /** The tables that a ticket walks at once: its own, and that of its resolution. */
    public static final List<String> TABLES = List.of(Suivi.TICKET, Suivi.RESOLUTION);

    private static final String PAS = "pas ";

    private final Catalogue catalogue;
    private final Suivi suivi;

    public Parcours(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.suivi = new Suivi(catalogue);
    }

    /** Where a ticket is on one of its tables; {@link Passage#NEANT} where it has not come yet. */
    public static String etat(Dossier ticket, String table) {
        return table.equals(Suivi.TICKET) ? ticket.etat() : Faits.resolution(ticket);
    }

    /**
     * The way that a ticket has come: its messages folded once more over its page (decision State-Follows-Journal).
     *
     * @param dits what was said and counts, from the beginning
     * @return by table, one step for each, which stays where it is for what is said in no flux of the page (the AR of a
     *     signalisation that came as a line); fewer when the page does not know the rest any more
     */
    public Map<String, List<Pas>> walk(Dossier ticket, Collection<Dit> dits, Contrat contrat) {
        Map<String, List<Pas>> walked = new LinkedHashMap<>();
        TABLES.forEach(table -> walked.put(table, new ArrayList<>()));
        Dossier again = Dossier.open(
                ticket.objet(),
                ticket.protocole(),
                ticket.version(),
                ticket.operateur(),
                ticket.cle(),
                ticket.empreinte(),
                Passage.NEANT,
                ticket.creeLe());
        Page page = catalogue.page(ticket.protocole(), ticket.version());
        for (Dit dit : dits) {
            List<String> before =
                    TABLES.stream().map(table -> etat(again, table)).toList();
            if (page.findFlux(dit.flux()).isPresent()
                    && !suivi.advance(
                            again,
                            new fr.interophub.sav.Dit(dit.flux(), null, dit.emetteur(), dit.champs()),
                            contrat.sav().requalification(),
                            dit.date())) {
                break;
            }
            for (int i = 0; i < before.size(); i++) {
                walked.get(TABLES.get(i)).add(new Pas(before.get(i), etat(again, TABLES.get(i))));
            }
        }
        return walked;
    }

    /**
     * What each party may say now, in the order of the page, what is owed first: what both tables admit. Conditions on the
     * message to come are left open; those on the ticket are asked.
     */
    public List<Attendu> expect(Dossier ticket, Contrat contrat, Instant now) {
        Page page = catalogue.page(ticket.protocole(), ticket.version());
        ConditionsSav.Vue vue =
                new ConditionsSav.Vue(ticket, null, contrat.sav().requalification(), now);
        List<Attendu> may = new ArrayList<>();
        for (Flux flux : page.flux()) {
            List<List<Passage>> open =
                    TABLES.stream().map(table -> open(page, table, flux, vue)).toList();
            if (open.stream().noneMatch(List::isEmpty)) {
                Set<Effet> effets = new LinkedHashSet<>();
                boolean du = false;
                for (int i = 0; i < open.size(); i++) {
                    String etat = etat(ticket, TABLES.get(i));
                    open.get(i).stream()
                            .flatMap(passage -> passage.vers().stream())
                            .filter(vers -> !vers.equals(etat))
                            .forEach(vers -> effets.add(new Effet(null, vers)));
                    du |= open.get(i).stream().anyMatch(Passage::du);
                }
                for (Role emetteur : flux.emisPar().stream().sorted().toList()) {
                    may.add(new Attendu(emetteur, flux.code(), du, effets));
                }
            }
        }
        may.sort(Comparator.comparing(one -> !one.du()));
        return may;
    }

    private static List<Passage> open(Page page, String table, Flux flux, ConditionsSav.Vue vue) {
        return page.cycle(table).stream()
                .filter(passage -> passage.en().equals(etat(vue.ticket(), table))
                        && passage.sur().equals(flux.code()))
                .filter(passage -> passage.si().stream().allMatch(si -> possible(si, vue)))
                .toList();
    }

    private static boolean possible(String si, ConditionsSav.Vue vue) {
        boolean negated = si.startsWith(PAS);
        String name = negated ? si.substring(PAS.length()) : si;
        return !ConditionsSav.ofTheTicket(name) || ConditionsSav.holds(name, vue) != negated;
    }

    /** What part of the tables is this ticket's: the mode of its appointments. */
    public Cadre frame(Dossier ticket) {
        Set<String> vraies = new HashSet<>();
        Set<String> fausses = new HashSet<>();
        ConditionsSav.Vue vue = new ConditionsSav.Vue(ticket, null, 0, ticket.modifieLe());
        ConditionsSav.MODES.forEach(mode -> (ConditionsSav.holds(mode, vue) ? vraies : fausses).add(mode));
        return new Cadre(vraies, fausses);
    }
}
