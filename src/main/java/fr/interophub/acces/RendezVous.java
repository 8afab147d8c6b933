package fr.interophub.acces;

import fr.interophub.acces.Ecriture.Place;
import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Role;
import fr.interophub.catalogue.Traduite;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Cles;
import fr.interophub.echange.Compteurs;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Lot;
import fr.interophub.echange.LotDeLignes;
import fr.interophub.echange.Message;
import fr.interophub.echange.Registre;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Operateur;
import fr.interophub.rdv.PlanDeCharge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The appointments of orders (model OI, spec §5.11): what their OC asks, what the OI answers, and what becomes of them when
 * nobody says anything. While no plan de charge is loaded the SI answers, and the hub does not judge the IdRdv of an order.
 *
 * <p>Everyone takes what they must hold in one order: the dossiers of orders, then those of appointments, each by their
 * identifiers, then slots.
 */
final class RendezVous {

    static final String OBJET = "rdv";
    static final String ID = "IdRdv";
    static final String DEMANDE = "ReferenceDemandeOC";
    static final String COMMANDE = "ReferenceCommandePriseInterneOC";
    static final String REPONSE = "ReponseRdv";
    static final List<String> CRENEAUX = List.of("DateRdv1", "DateRdv2", "DateRdv3");

    /** The slot is not reserved, or is no more (spec §4). */
    private static final String NON_RESERVE = "FRDV03";

    /** The appointment is another order's, or over. */
    private static final String ETAT_NON_VALIDE = "FRDV04";

    private static final String AUTRE_ADRESSE = "FRDV06";

    /** Deadlines looked at in one transaction. */
    private static final int ECHEANCES = 100;

    private final Versions versions;
    private final Registre registre;
    private final Annuaire annuaire;
    private final Compteurs compteurs;
    private final Alertes alertes;
    private final PlanDeCharge plan;
    private final Suivi suivi;
    private final String oi;
    private final Function<Operateur, String> siMode;

    RendezVous(
            Versions versions, Commandes.Voisins voisins, Suivi suivi, String oi, Function<Operateur, String> siMode) {
        this.versions = versions;
        this.registre = voisins.registre();
        this.annuaire = voisins.annuaire();
        this.compteurs = voisins.compteurs();
        this.alertes = voisins.alertes();
        this.plan = voisins.plan();
        this.suivi = suivi;
        this.oi = oi;
        this.siMode = siMode;
    }

    /**
     * The appointments that a lot of order messages may move, held.
     *
     * @param parId by IdRdv in capitals
     * @param juges true when the hub judges the IdRdv of an order
     */
    record Tenus(Map<String, Dossier> parId, PlanDeCharge plan, boolean juges) {

        /** The appointment that an order asks for. */
        Optional<Dossier> of(Ligne commande) {
            return carries(commande) ? Optional.ofNullable(parId.get(Cles.upper(commande.get(ID)))) : Optional.empty();
        }

        /** The appointment that an order has confirmed. */
        Optional<Dossier> of(Dossier commande) {
            return Optional.ofNullable(commande.references().get(ID))
                    .map(id -> parId.get(Cles.upper(id)))
                    .filter(rdv -> commande.cle().equals(rdv.references().get(COMMANDE)));
        }

        /** Why an order may not have the appointment that it asks for: the code of a motif. */
        Optional<String> refusal(Ligne commande) {
            if (!juges || !carries(commande)) {
                return Optional.empty();
            }
            Optional<Dossier> rdv = of(commande);
            if (rdv.isEmpty() || rdv.get().etat().equals("LIBERE")) {
                return Optional.of(NON_RESERVE);
            }
            if (!rdv.get().etat().equals("RESERVE")) {
                return Optional.of(ETAT_NON_VALIDE);
            }
            return Faits.sameLieu(rdv.get(), commande) ? Optional.empty() : Optional.of(AUTRE_ADRESSE);
        }

        private static boolean carries(Ligne commande) {
            return commande.get("TypeRacco").equals("OI") && !commande.get(ID).isEmpty();
        }
    }

    /** Holds the appointments that these lines about orders may move. */
    Tenus hold(LotDeLignes lot, Map<String, Dossier> commandes) {
        Set<String> ids = new HashSet<>();
        String flux = lot.feuille().flux().code();
        if (flux.equals("Cmd_Acces")) {
            lot.lignes().stream().filter(Tenus::carries).forEach(ligne -> ids.add(ligne.get(ID)));
        } else if (flux.equals("Annulation_Acces")) {
            commandes.values().stream()
                    .map(commande -> commande.references().get(ID))
                    .filter(id -> id != null)
                    .forEach(ids::add);
        }
        return hold(lot.operateur(), ids, flux.equals("Cmd_Acces"));
    }

    private Tenus hold(Operateur operateur, Set<String> ids, boolean juges) {
        Map<String, Dossier> found = new HashMap<>();
        if (!ids.isEmpty()) {
            List<Dossier> held =
                    registre.findForUpdate(registre.listByReference(operateur.code(), OBJET, ID, ids).stream()
                            .map(Dossier::id)
                            .toList());
            held.forEach(rdv -> found.put(Cles.upper(rdv.references().get(ID)), rdv));
            plan.hold(List.of(), held.stream().map(Dossier::id).toList());
        }
        return new Tenus(found, plan, juges && !ids.isEmpty() && plan.loaded());
    }

    /** An appointment follows what the OI has just said of the order that carries it. */
    void follow(Operateur operateur, Page page, Dossier commande, Ligne ligne, Message said, Lot lot, Instant now) {
        boolean followed =
                page.cycle(OBJET).stream().anyMatch(passage -> passage.sur().equals(said.flux()));
        if (followed && commande.references().containsKey(ID)) {
            Tenus tenus = hold(operateur, Set.of(commande.references().get(ID)), false);
            carnet(operateur.contrat(), lot, now).follow(tenus.of(commande), said, ligne, Role.OI);
        }
    }

    private Carnet carnet(Contrat contrat, Lot lot, Instant now) {
        return new Carnet(plan, suivi, contrat, lot, now);
    }

    /**
     * What requests speak of, held: orders and appointments, found by the references that they quote.
     */
    record Connus(List<Dossier> rdvs, List<Dossier> commandes) {

        /** The appointment of this IdRdv. */
        Optional<Dossier> rdv(String id) {
            return rdvs.stream().filter(rdv -> carries(rdv, id)).findFirst();
        }

        /** The order that an IdRdv is moved for: the one that is named, or else the newest that carries it. */
        Optional<Dossier> commande(String cle, String id) {
            return commandes.stream()
                    .filter(commande -> cle.isEmpty()
                            ? carries(commande, id)
                            : commande.cle().equals(Cles.shorten(cle))
                                    && (carries(commande, id)
                                            || !commande.references().containsKey(ID)))
                    .max(Comparator.comparing(Dossier::id));
        }

        private static boolean carries(Dossier dossier, String id) {
            return !id.isEmpty() && id.equalsIgnoreCase(dossier.references().get(ID));
        }
    }

    /** Judges one lot of lines about appointments; the lot is not written yet. */
    Lot judge(LotDeLignes lignes, Page page, Instant now) {
        Operateur operateur = lignes.operateur();
        Connus connus = hold(operateur, values(lignes, DEMANDE), values(lignes, ID), values(lignes, COMMANDE));
        boolean answers = !lignes.feuille().flux().code().equals("AnnulationRdv") && plan.loaded();
        plan.hold(
                answers ? wishes(lignes, connus) : List.of(),
                connus.rdvs().stream().map(Dossier::id).toList());
        Lot lot = new Lot(siMode.apply(operateur));
        return new ReceptionRdv(
                        lignes,
                        connus,
                        versions,
                        registre,
                        alertes,
                        lot,
                        carnet(operateur.contrat(), lot, now),
                        answers ? new Reponses(plan, operateur.contrat().rdv(), this::issue, now) : null,
                        now)
                .judge();
    }

    private String issue() {
        return "%s-RDV-%06d".formatted(oi, compteurs.next("rdv"));
    }

    private static Set<String> values(LotDeLignes lignes, String champ) {
        return lignes.feuille().indexOf(champ) < 0
                ? Set.of()
                : lignes.lignes().stream()
                        .map(ligne -> ligne.get(champ))
                        .filter(value -> !value.isEmpty())
                        .collect(Collectors.toSet());
    }

    private static List<PlanDeCharge.Souhait> wishes(LotDeLignes lignes, Connus connus) {
        List<PlanDeCharge.Souhait> wishes = new ArrayList<>();
        for (Ligne ligne : lignes.lignes()) {
            Optional<String> lieu = lignes.feuille().flux().code().equals("DemandeRdv")
                    ? Optional.of(Faits.lieu(ligne))
                    : connus.rdv(ligne.get(ID)).map(rdv -> rdv.faits().getOrDefault(Faits.LIEU, ""));
            lieu.ifPresent(known -> wishes.add(new PlanDeCharge.Souhait(Faits.insee(known), Reponses.dates(ligne))));
        }
        return wishes;
    }

    /** Holds every dossier that carries one of these references, orders first. */
    private Connus hold(Operateur operateur, Set<String> demandes, Set<String> ids, Set<String> cles) {
        String oc = operateur.code();
        Set<UUID> commandes = ids(Stream.of(
                registre.find(oc, Commandes.OBJET, shorten(cles)).values(),
                registre.listByReference(oc, Commandes.OBJET, DEMANDE, demandes),
                registre.listByReference(oc, Commandes.OBJET, ID, ids)));
        Set<UUID> rdvs = ids(Stream.of(
                registre.find(oc, OBJET, shorten(demandes)).values(),
                registre.listByReference(oc, OBJET, DEMANDE, demandes),
                registre.listByReference(oc, OBJET, ID, ids)));
        List<Dossier> heldCommandes = registre.findForUpdate(commandes);
        return new Connus(registre.findForUpdate(rdvs), heldCommandes);
    }

    private static Set<UUID> ids(Stream<Collection<Dossier>> found) {
        return found.flatMap(Collection::stream).map(Dossier::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> shorten(Set<String> references) {
        return references.stream().map(Cles::shorten).collect(Collectors.toSet());
    }

    /**
     * What the OI has decided of a request: found by its ReferenceDemandeOC, or by the IdRdv (front door, SI).
     *
     * @param said a ReponseRdv, as the SI gave it
     */
    Verdict decide(Operateur operateur, Page page, Traduite said, Instant now) {
        Ligne given = said.ligne();
        String demande = given.get(DEMANDE);
        String id = given.get(ID);
        if (demande.isEmpty() && id.isEmpty()) {
            return new Verdict.Ko("CHAMP_VIDE", DEMANDE, "ReferenceDemandeOC et IdRdv manquent tous deux");
        }
        Connus connus = hold(
                operateur,
                demande.isEmpty() ? Set.of() : Set.of(demande),
                demande.isEmpty() ? Set.of(id) : Set.of(),
                Set.of());
        Optional<Dossier> rdv = connus.rdvs().stream().findFirst();
        Optional<Dossier> commande = demande.isEmpty()
                ? connus.commande("", id)
                : connus.commandes().stream().findFirst();
        Optional<Dossier> main = rdv.or(() -> commande);
        if (main.isEmpty()) {
            return new Verdict.Ko(
                    "DOSSIER_INCONNU",
                    demande.isEmpty() ? ID : DEMANDE,
                    "rendez-vous inconnu : " + (demande.isEmpty() ? id : demande));
        }
        List<Dossier> concerned = Stream.of(rdv, commande.filter(one -> waits(one, main.get())))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        return decide(operateur, page, said, concerned.isEmpty() ? List.of(main.get()) : concerned, now);
    }

    /** An order follows the answer to a request that moved it, or that nothing but the order knows of. */
    private static boolean waits(Dossier commande, Dossier main) {
        return commande == main
                || pending(main).equals(pending(commande)) && !pending(main).isEmpty();
    }

    /** The request that waits for its answer; empty when none does. */
    private static String pending(Dossier dossier) {
        return dossier.faits()
                .getOrDefault(
                        Faits.MODIFICATION,
                        dossier.etat().equals("DEMANDE") ? dossier.references().get(DEMANDE) : "");
    }

    private Verdict decide(Operateur operateur, Page page, Traduite said, List<Dossier> concerned, Instant now) {
        Ligne given = said.ligne();
        Dossier main = concerned.get(0);
        String before = main.etat();
        Flux flux = given.feuille().flux();
        Ligne dated = Commandes.dateAndMotif(page, operateur, flux, given, now);
        Ligne full = dated.get(DEMANDE).isEmpty() ? dated.with(DEMANDE, pending(main)) : dated;
        full = Reponses.complete(full, main);
        Optional<Verdict.Ko> refusal = Reponses.refusal(full, main).or(() -> taken(operateur, main, given));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        String outOfSequence = "%s en %s".formatted(Message.said(flux.code(), full.issue()), before);
        if (!pending(main).isEmpty() && !pending(main).equals(full.get(DEMANDE))) {
            return new Verdict.Ko(
                    "HORS_SEQUENCE", null, "%s : la demande en attente est %s".formatted(outOfSequence, pending(main)));
        }
        boolean issued = full.issue() == Issue.OK && full.get(ID).isEmpty();
        Ligne ligne = issued ? full.with(ID, issue()) : full;
        List<Anomalie> anomalies = ligne.feuille().check(ligne);
        Optional<Verdict> fault = Verdict.Ko.of(anomalies);
        if (fault.isPresent()) {
            return fault.get();
        }
        plan.hold(List.of(), concerned.stream().map(Dossier::id).toList());
        Lot lot = new Lot(siMode.apply(operateur));
        Carnet carnet = carnet(operateur.contrat(), lot, now);
        List<Dossier> moved = carnet.advance(concerned, ligne, Role.OI);
        if (moved.isEmpty()) {
            return new Verdict.Ko("HORS_SEQUENCE", null, outOfSequence);
        }
        carnet.write(
                new Ecriture(lot, operateur, versions, now)
                        .said(ligne, ligne.issue(), Place.in(moved.get(0)), false, said.pertes()),
                moved);
        registre.write(lot);
        String noticed = Anomalies.summary(Anomalies.union(anomalies, said.pertes()));
        return new Verdict.Ok(
                moved.get(0).etat(),
                !issued
                        ? noticed
                        : Stream.of("IdRdv attribué : " + ligne.get(ID), noticed)
                                .filter(text -> text != null)
                                .collect(Collectors.joining(" ; ")));
    }

    /** An IdRdv is one appointment's: the SI may not give it to another of the same OC. */
    private Optional<Verdict.Ko> taken(Operateur operateur, Dossier main, Ligne given) {
        String id = given.get(ID);
        boolean other = main.objet().equals(OBJET)
                && !id.isEmpty()
                && registre.listByReference(operateur.code(), OBJET, ID, Set.of(id)).stream()
                        .anyMatch(rdv -> !rdv.id().equals(main.id()));
        return other
                ? Optional.of(new Verdict.Ko("IDRDV_DEJA_DONNE", ID, "IdRdv déjà donné à un autre rendez-vous : " + id))
                : Optional.empty();
    }

    /** Which appointments have a deadline that is over. */
    List<UUID> due(Instant now) {
        return plan.due(Commandes.PROTOCOLE, now, ECHEANCES);
    }

    /**
     * Lets deadlines pass, in the caller's transaction. Another node may be doing the same: whoever holds the dossier first
     * strikes its deadline off.
     */
    void lapse(List<UUID> due, Instant now) {
        List<Dossier> held = registre.findForUpdate(due);
        plan.hold(List.of(), held.stream().map(Dossier::id).toList());
        for (Dossier rdv : held) {
            if (plan.strike(rdv.id(), now) && suivi.lapse(rdv, now).isPresent()) {
                Operateur operateur = annuaire.find(rdv.operateur()).orElseThrow();
                Lot lot = new Lot(siMode.apply(operateur));
                new Ecriture(lot, operateur, versions, now).lapsed(rdv);
                carnet(operateur.contrat(), lot, now).end(rdv);
                lot.change(rdv);
                registre.write(lot);
            }
        }
    }
}
