package fr.interophub.infra;

import fr.interophub.echange.Cles;
import fr.interophub.echange.Compteurs;
import fr.interophub.infra.Examen.Recevable;
import fr.interophub.infra.Reseau.Attribution;
import fr.interophub.infra.Reseau.Pto;
import fr.interophub.infra.Reseau.Route;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Operateur;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What the network answers to orders: refused by one of the checks 3 to 6 of spec Accès §3.3, given a route, or left to a person.
 * Every call is part of the caller's transaction; no fibre is given twice, since whoever gives one holds its PBO.
 */
public final class Referentiel {

    static final String HOTLINE = "HOTLINE";

    /** All routes of the PBO serve, or none is there (spec Accès §4). */
    private static final String SATURE = "FINT01";

    /** All are given, some to orders that may never come to an end. */
    private static final String SATURE_VIRTUELLEMENT = "FINT02";

    private static final int CHIFFRES_PTO = 8;

    private final Reseau reseau;
    private final Compteurs compteurs;
    private final Clock clock;
    private final String oi;

    Referentiel(Reseau reseau, Compteurs compteurs, Clock clock, String oi) {
        this.reseau = reseau;
        this.compteurs = compteurs;
        this.clock = clock;
        this.oi = oi;
    }

    /**
     * An order that the hub has acknowledged.
     *
     * @param champs those of Cmd_Acces, the empty ones left out
     */
    public record Commande(UUID dossier, Map<String, String> champs) {

        String get(String champ) {
            return champs.getOrDefault(champ, "");
        }

        /** As registers keep what they find rows by. */
        String upper(String champ) {
            return Cles.upper(get(champ));
        }

        public String reference() {
            return Cles.shorten(get("ReferenceCommandePriseInterneOC"));
        }

        boolean construire() {
            return !get("PriseExistante").equals("O");
        }

        boolean identifiee() {
            return !construire() && !get("ReferencePrise").isEmpty();
        }
    }

    /** What is answered to one order. */
    public sealed interface Reponse {

        /**
         * It is refused.
         *
         * @param motif a code of the codification
         */
        record Refuse(String motif) implements Reponse {}

        /**
         * It has a route, or is told HOTLINE.
         *
         * @param champs those of its CR_Cmd_Acces OK, but its own reference and date
         * @param hotline true when it has no route yet
         */
        record Accorde(Map<String, String> champs, boolean hotline) implements Reponse {}

        /**
         * Only a person can say.
         *
         * @param raison in French
         */
        record Indecis(String raison) implements Reponse {}
    }

    /**
     * Answers the orders of one OC, in their order; what is given is held from now on.
     *
     * @return the answer to each, in the same order
     */
    public List<Reponse> answer(Operateur operateur, List<Commande> commandes) {
        return new Seance(operateur).answer(commandes);
    }

    /**
     * An order is over before its line was in service, or its access is given back or lost: its route is free again, unless a
     * socket was built for it.
     *
     * @param construite true if the socket is there as far as the caller knows
     * @param saufModeleOC true if that says nothing in model OC, where only the OC knows
     */
    public void release(String operateur, String commande, boolean construite, boolean saufModeleOC) {
        reseau.release(operateur, Cles.shorten(commande), construite, saufModeleOC);
    }

    /** The socket of an order is there. */
    public void built(String operateur, String commande) {
        reseau.built(operateur, Cles.shorten(commande));
    }

    /** The line of an order is in service. */
    public void inService(String operateur, String commande) {
        reseau.inService(operateur, Cles.shorten(commande));
    }

    /** References for so many new Cmd_STOC. */
    public List<String> stocs(int combien) {
        long first = combien == 0 ? 0 : compteurs.next("infra.stoc", combien);
        return LongStream.range(first, first + combien)
                .mapToObj(number -> "%s-STOC-%06d".formatted(oi, number))
                .toList();
    }

    /** The orders of one call. */
    private final class Seance {

        private final Operateur operateur;
        private final Contrat.Commande contrat;
        private final Instant now = clock.instant();
        private final List<Attribution> attributions = new ArrayList<>();
        private final List<Pto> ptos = new ArrayList<>();
        private final Map<Route, String> routes = new LinkedHashMap<>();
        private Examen examen;
        private Map<String, List<Route>> free = Map.of();
        private final Map<String, List<String>> reserved = new HashMap<>();
        private Map<String, List<Route>> atSockets = Map.of();
        private Map<String, Integer> cofi = new HashMap<>();
        private final Deque<String> newSockets = new ArrayDeque<>();
        private long nextPrestation;

        private Seance(Operateur operateur) {
            this.operateur = operateur;
            this.contrat = operateur.contrat().commande();
        }

        private List<Reponse> answer(List<Commande> commandes) {
            examen = new Examen(reseau, operateur, commandes, now);
            List<Object> judged = commandes.stream().map(examen::judge).toList();
            List<Recevable> admitted = judged.stream()
                    .filter(Recevable.class::isInstance)
                    .map(Recevable.class::cast)
                    .toList();
            prepare(admitted);
            List<Reponse> answers = judged.stream()
                    .map(one -> one instanceof Recevable order ? give(order) : (Reponse) one)
                    .toList();
            reseau.give(attributions, ptos, routes);
            return answers;
        }

        /** Everything that the orders admitted will need, asked at once; the counters last, since they are held. */
        private void prepare(List<Recevable> admitted) {
            if (admitted.isEmpty()) {
                return;
            }
            Map<String, Integer> wanted = new HashMap<>();
            admitted.stream()
                    .filter(order -> order.commande().construire())
                    .forEach(order ->
                            wanted.merge(order.partie().pbo(), order.pm().fibres(), Integer::sum));
            wanted.remove("");
            if (!wanted.isEmpty()) {
                free = reseau.free(
                        wanted.keySet(),
                        wanted.values().stream().max(Integer::compare).orElseThrow());
                free.values()
                        .forEach(there -> there.removeIf(
                                route -> !Set.of("", operateur.code()).contains(route.dediee())));
                Set<String> full = wanted.keySet().stream()
                        .filter(pbo -> free.getOrDefault(pbo, List.of()).size() < wanted.get(pbo))
                        .collect(Collectors.toSet());
                reserved.putAll(reseau.reserved(full));
            }
            Set<String> shared =
                    reserved.values().stream().flatMap(List::stream).collect(Collectors.toCollection(HashSet::new));
            admitted.stream()
                    .filter(order -> order.commande().identifiee())
                    .forEach(order -> shared.add(order.commande().upper("ReferencePrise")));
            atSockets = new HashMap<>(reseau.routes(shared));
            cofi = reseau.cofi(
                    operateur.code(),
                    admitted.stream()
                            .filter(order ->
                                    order.commande().get("TypeCommandeDemande").equals("AUTO"))
                            .map(order -> order.pm().reference())
                            .toList());
            int built = (int) admitted.stream()
                    .filter(order -> order.commande().construire())
                    .count();
            newSockets.addAll(sockets(built));
            nextPrestation = compteurs.next("infra.prestation", admitted.size());
        }

        /** References for new sockets, of the form OO-XXXX-XXXX (spec Accès §1.2), that no register has yet. */
        private List<String> sockets(int combien) {
            List<String> drawn = new ArrayList<>();
            while (drawn.size() < combien) {
                int missing = combien - drawn.size();
                long first = compteurs.next("infra.prise", missing);
                List<String> some = new ArrayList<>();
                for (int i = 0; i < missing; i++) {
                    String digits = "0".repeat(CHIFFRES_PTO)
                            + Long.toString(first + i, 36).toUpperCase(Locale.ROOT);
                    digits = digits.substring(digits.length() - CHIFFRES_PTO);
                    some.add("%s-%s-%s".formatted(oi.substring(0, 2), digits.substring(0, 4), digits.substring(4)));
                }
                some.removeAll(reseau.ptos(some).keySet());
                drawn.addAll(some);
            }
            return drawn;
        }

        private Reponse give(Recevable order) {
            if (!order.commande().construire()) {
                return order.commande().identifiee() ? existing(order) : hotline(order);
            }
            String pbo = order.partie().pbo();
            if (pbo.isEmpty()) {
                return new Reponse.Indecis("aucun PBO ne dessert cette partie de l'immeuble "
                        + order.partie().immeuble());
            }
            List<Route> taken = take(pbo, order.pm().fibres());
            if (!taken.isEmpty()) {
                String prise = newSockets.remove();
                taken.forEach(route -> routes.put(route, prise));
                ptos.add(new Pto(prise, order.partie().immeuble(), pbo));
                reserved.computeIfAbsent(pbo, any -> new ArrayList<>()).add(prise);
                atSockets.put(prise, taken);
                return granted(order, prise, prise, pbo, taken);
            }
            return saturated(order, pbo);
        }

        /** The fibres that are this OC's own first, then those that are nobody's; none rather than too few. */
        private List<Route> take(String pbo, int fibres) {
            List<Route> there = free.getOrDefault(pbo, List.of());
            List<Route> taken = new ArrayList<>();
            for (String owner : List.of(operateur.code(), "")) {
                there.stream()
                        .filter(route -> route.dediee().equals(owner))
                        .limit(fibres - taken.size())
                        .forEach(taken::add);
            }
            if (taken.size() < fibres) {
                return List.of();
            }
            there.removeAll(taken);
            return taken;
        }

        /** Spec Accès §6.14: the contract chooses between refusing, giving a route a second time, and HOTLINE. */
        private Reponse saturated(Recevable order, String pbo) {
            List<String> given = reserved.getOrDefault(pbo, List.of());
            if (given.isEmpty()) {
                return new Reponse.Refuse(SATURE);
            }
            return switch (contrat.saturation()) {
                case "solution-1" -> shared(order, pbo, given);
                case "solution-2" -> hotline(order);
                default -> new Reponse.Refuse(SATURE_VIRTUELLEMENT);
            };
        }

        private Reponse shared(Recevable order, String pbo, List<String> given) {
            String other = given.remove(0);
            given.add(other);
            String prise = newSockets.remove();
            ptos.add(new Pto(prise, order.partie().immeuble(), pbo));
            return granted(order, prise, other, pbo, atSockets.getOrDefault(other, List.of()));
        }

        private Reponse existing(Recevable order) {
            String prise = order.commande().upper("ReferencePrise");
            List<Route> there = atSockets.getOrDefault(prise, List.of());
            return there.isEmpty()
                    ? new Reponse.Indecis("aucune route optique n'aboutit à la prise " + prise)
                    : granted(order, prise, prise, "", there);
        }

        private Reponse hotline(Recevable order) {
            return granted(order, "", "", "", List.of());
        }

        private Reponse granted(Recevable order, String prise, String routePrise, String pbo, List<Route> there) {
            Commande commande = order.commande();
            String prestation = "%s-FTTH-%08d".formatted(oi, nextPrestation++);
            String retenu = order.financement(contrat.seuilAuto(), cofi);
            attributions.add(new Attribution(
                    operateur.code(),
                    commande.reference(),
                    commande.dossier(),
                    commande.get("TypeRacco"),
                    prise,
                    routePrise,
                    prestation,
                    order.pm().reference(),
                    pbo,
                    retenu,
                    !commande.construire(),
                    now));
            Map<String, String> champs = new LinkedHashMap<>();
            champs.put("EtatCrCommandePrise", "OK");
            champs.put("ReferencePrise", prise.isEmpty() ? HOTLINE : prise);
            champs.put("ReferencePrestationPrise", prestation);
            champs.put("ReferencePrestationPm", order.prestation().reference());
            champs.put("ReferencePm", order.pm().reference());
            champs.put("ReferencePmTechnique", order.pm().technique());
            champs.put("LocalisationPm", order.pm().localisation());
            champs.put("TypeCommandeRetenu", retenu);
            champs.putAll(prise.isEmpty() ? Blocs.hotline(operateur.code()) : Blocs.of(operateur.code(), there));
            champs.values().removeIf(String::isEmpty);
            return new Reponse.Accorde(champs, prise.isEmpty());
        }
    }
}
