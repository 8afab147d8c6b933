package fr.interophub.sav;

import fr.interophub.Empreinte;
import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.ChampDAction.Regle;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.Grille;
import fr.interophub.catalogue.Grille.Cloture;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Passage;
import fr.interophub.catalogue.Role;
import fr.interophub.echange.Acheminement;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Ids;
import fr.interophub.echange.Json;
import fr.interophub.echange.Lot;
import fr.interophub.echange.Message;
import fr.interophub.echange.Message.Nature;
import fr.interophub.echange.Registre;
import fr.interophub.echange.Sens;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Operateur;
import fr.interophub.parc.Acces;
import fr.interophub.parc.Parc;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The trouble tickets: what an OC calls is judged and answered, and what the OI decides leaves if both state tables allow it.
 * Every call is one transaction: the ticket, what was said, what the SI is told, the slot and what must leave are kept
 * together or not at all (decision Journal-First). Who speaks has been authenticated by the door.
 */
public final class Signalisations {

    public static final String PROTOCOLE = "sav";
    public static final String OBJET = Suivi.TICKET;

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final String CANAL = "SOAP";

    /** How long the same creation gets the first answer again (G13). */
    private static final Duration REPETITION = Duration.ofHours(24);

    /** What is asked of the rooms beside. */
    record Voisins(Registre registre, Parc parc, Tickets tickets, Creneaux creneaux) {}

    /**
     * @param oi our own code, which the references that we issue carry
     * @param siren our own SIREN
     * @param siMode how the SI is met when an operator's contract does not say otherwise
     */
    record Reglages(String oi, String siren, String siMode) {}

    /** What a call carries beside its fields. */
    private record Porte(UUID journalId, String canal) {}

    private final Catalogue catalogue;
    private final Registre registre;
    private final Tickets tickets;
    private final Creneaux creneaux;
    private final AccesConnus acces;
    private final Transactions transactions;
    private final Clock clock;
    private final Reglages reglages;
    private final Suivi suivi;
    private final Quota quota;
    private final Retours retours;

    /**
     * @throws IllegalStateException if a page names a condition or lacks a return code that this room knows
     */
    Signalisations(Catalogue catalogue, Voisins voisins, Transactions transactions, Clock clock, Reglages reglages) {
        this.catalogue = catalogue;
        this.registre = voisins.registre();
        this.tickets = voisins.tickets();
        this.creneaux = voisins.creneaux();
        this.acces = new AccesConnus(catalogue, voisins.parc(), voisins.registre());
        this.transactions = transactions;
        this.clock = clock;
        this.reglages = reglages;
        this.suivi = new Suivi(catalogue);
        this.quota = new Quota(clock);
        this.retours = new Retours(catalogue);
        catalogue.pages().stream()
                .filter(page ->
                        page.protocole().equals(PROTOCOLE) && page.grille().isPresent())
                .forEach(Controles::hold);
    }

    /** The create service: CASE CREATE REQUEST, and nothing else (G4). */
    public Reponse create(Operateur oc, Appel appel) {
        return answer(oc, null, () -> {
            Controles controles = new Controles(page(oc), oc.contrat().sav());
            Dit dit = read(oc, controles, appel);
            if (!dit.flux().equals(Champs.CREATE)) {
                throw Refuse.because(Situation.NON_AUTORISE, Champs.DESCRIPTION, dit.flux());
            }
            controles.form(dit, true, null);
            return open(oc, dit, controles, new Porte(appel.journalId(), appel.canal()));
        });
    }

    /** The set service: every other action of the OC. */
    public Reponse set(Operateur oc, Appel appel) {
        String key = appel.champs().get(Champs.KEY);
        return answer(oc, key, () -> {
            Page page = page(oc);
            Controles controles = new Controles(page, oc.contrat().sav());
            Dit dit = read(oc, controles, appel);
            if (dit.flux().equals(Champs.CREATE)) {
                throw Refuse.because(Situation.NON_AUTORISE, Champs.DESCRIPTION, dit.flux());
            }
            boolean own = page.flux(dit.flux()).emisPar().contains(Role.OC);
            controles.form(dit, own, null);
            Dossier ticket = find(oc, dit.get(Champs.KEY))
                    .orElseThrow(() -> Refuse.because(Situation.INCONNU, Champs.KEY, dit.get(Champs.KEY)));
            if (!own) {
                throw Refuse.because(Situation.NON_AUTORISE, Champs.DESCRIPTION, dit.flux());
            }
            Porte porte = new Porte(appel.journalId(), appel.canal());
            Instant now = clock.instant();
            String before = ticket.etat();
            try {
                say(oc, ticket, dit, controles, null, porte, now);
            } catch (Refuse refuse) {
                if (!refuse.motif().equals(Nature.HORS_SEQUENCE.name())) {
                    throw refuse;
                }
                aside(oc, ticket, dit, Nature.HORS_SEQUENCE, porte, now);
                return retours.of(oc, key, refuse);
            }
            return retours.of(oc, key, Situation.ACCEPTE, null, before.equals(ticket.etat()) ? null : ticket.etat());
        });
    }

    /** The answer that says this, for what the door finds itself. */
    public Reponse reponse(Operateur oc, Situation situation) {
        return retours.of(oc, null, situation, null, null);
    }

    /** True for an action of this protocol, in whatever spelling. */
    public boolean says(String action) {
        Page page = catalogue.page(PROTOCOLE, Contrat.DEFAUT.sav().profil());
        return page.findFlux(page.grille().orElseThrow().canonique(Champs.DESCRIPTION, action))
                .isPresent();
    }

    private Dit read(Operateur oc, Controles controles, Appel appel) {
        Dit dit = controles.read(appel.action(), appel.champs(), Role.OC);
        controles.sirens(dit, oc, reglages.siren());
        controles.action(dit, page(oc));
        return dit;
    }

    private Reponse answer(Operateur oc, String key, Supplier<Reponse> work) {
        try {
            return transactions.run(work);
        } catch (Refuse refuse) {
            return retours.of(oc, key, refuse);
        }
    }

    private Page page(Operateur oc) {
        return catalogue.page(PROTOCOLE, oc.contrat().sav().profil());
    }

    private Optional<Dossier> find(Operateur oc, String key) {
        return registre.findByReference(oc.code(), OBJET, Champs.KEY, key);
    }

    // A new ticket

    private Reponse open(Operateur oc, Dit dit, Controles controles, Porte porte) {
        Instant now = clock.instant();
        Refuse noAccess = null;
        Acces found = null;
        try {
            found = acces.get(oc, dit);
        } catch (Refuse refuse) {
            noAccess = refuse;
        }
        String reference = dit.get(Champs.REFERENCE_OC);
        String about = found == null ? dit.get(Champs.COMMERCIAL) : found.prestation();
        tickets.hold(oc.code(), List.of(Champs.COMMERCIAL + about, Champs.REFERENCE_OC + reference));
        String empreinte = empreinte(dit);
        Dossier known = registre.find(oc.code(), OBJET, List.of(reference)).get(reference);
        if (known != null) {
            return again(oc, known, dit, empreinte, porte, now);
        }
        if (noAccess != null) {
            throw noAccess;
        }
        Dossier ticket = Dossier.open(
                OBJET, PROTOCOLE, oc.contrat().sav().profil(), oc.code(), reference, empreinte, Passage.NEANT, now);
        move(oc, ticket, dit, controles, found.gtr(), now);
        followUp(oc, found, ticket);
        slot(oc, ticket, dit, null);
        return write(oc, ticket, dit, found, controles, porte, now);
    }

    private Reponse write(
            Operateur oc, Dossier ticket, Dit dit, Acces found, Controles controles, Porte porte, Instant now) {
        String key = "%s-SAV-%06d".formatted(reglages.oi(), tickets.number());
        dit.champs().put(Champs.KEY, key);
        dit.champs().putIfAbsent(Champs.COMMERCIAL, found.prestation());
        if (found.prise() != null) {
            dit.champs().putIfAbsent(Champs.TECHNIQUE, found.prise());
        }
        if (dit.parLOi()) {
            ticket.faits().put(Faits.ORIGINE, Role.OI.name());
        }
        Lot lot = new Lot(mode(oc));
        lot.open(ticket);
        for (String champ : List.of(Champs.KEY, Champs.REFERENCE_OC, Champs.COMMERCIAL, Champs.TECHNIQUE)) {
            if (dit.has(champ)) {
                lot.refer(ticket, champ, dit.get(champ));
            }
        }
        lot.add(message(ticket, ticket.rang(), dit, null, porte, lot, controles.anomalies(), now));
        registre.write(lot);
        return retours.of(oc, key, Situation.ACCEPTE, null, null);
    }

    /** The same creation again gets the first answer again; another under the same reference is refused (G13). */
    private Reponse again(Operateur oc, Dossier known, Dit dit, String empreinte, Porte porte, Instant now) {
        boolean same = empreinte.equals(known.empreinte())
                && !now.isAfter(known.creeLe().plus(REPETITION));
        if (!same) {
            throw Refuse.because(
                    Situation.DEJA_OUVERT, Champs.REFERENCE_OC, "la référence %s a déjà servi".formatted(known.cle()));
        }
        Dossier held = registre.findForUpdate(known.id()).orElseThrow();
        aside(oc, held, dit, Nature.REPETE, porte, now);
        return retours.of(oc, held.references().get(Champs.KEY), Situation.ACCEPTE, null, null);
    }

    /** Of the content, the time of the message aside: a retry may carry its own. */
    private static String empreinte(Dit dit) {
        Map<String, String> content = new TreeMap<>(dit.champs());
        content.remove(Champs.DATE);
        return Empreinte.of(Json.write(content));
    }

    /** One open ticket per access (G2); a closed one before is remembered (G7). */
    private void followUp(Operateur oc, Acces found, Dossier ticket) {
        List<Dossier> before =
                registre.listByReference(oc.code(), OBJET, Champs.COMMERCIAL, List.of(found.prestation()));
        before.stream()
                .filter(one -> !one.etat().equals(Champs.CLOSED))
                .findFirst()
                .ifPresent(open -> {
                    throw Refuse.because(
                            Situation.DEJA_OUVERT,
                            Champs.COMMERCIAL,
                            "le ticket %s est ouvert sur cet accès"
                                    .formatted(open.references().get(Champs.KEY)));
                });
        before.stream()
                .max(Comparator.comparing(Dossier::id))
                .ifPresent(last ->
                        ticket.faits().put(Faits.SUITE, last.references().get(Champs.KEY)));
    }

    // What is said of a ticket

    /** @param gtr the repair time of the access; null when it has none, or when it does not matter */
    private void say(Operateur oc, Dossier ticket, Dit dit, Controles controles, String gtr, Porte porte, Instant now) {
        String slot = ticket.faits().get(Faits.CRENEAU);
        move(oc, ticket, dit, controles, gtr, now);
        slot(oc, ticket, dit, slot);
        if (dit.flux().equals("CASE CANCELATION")) {
            close(page(ticket), dit, "ERR07");
        }
        Lot lot = new Lot(mode(oc));
        lot.change(ticket);
        Message message = message(ticket, ticket.rang(), dit, null, porte, lot, controles.anomalies(), now);
        lot.add(message);
        registre.write(lot);
        if (message.acheminement() == Acheminement.A_EMETTRE) {
            tickets.emit(message);
        }
    }

    /** One step along both tables, and what was expected of it. */
    private void move(Operateur oc, Dossier ticket, Dit dit, Controles controles, String gtr, Instant now) {
        String before = ticket.etat();
        String resolution = Faits.resolution(ticket);
        if (!suivi.advance(ticket, dit, oc.contrat().sav().requalification(), now)) {
            throw Refuse.because(
                            Situation.INATTENDU,
                            Champs.DESCRIPTION,
                            "%s en %s%s"
                                    .formatted(
                                            dit.has(Champs.TYPE_MESSAGE)
                                                    ? dit.flux() + " " + dit.get(Champs.TYPE_MESSAGE)
                                                    : dit.flux(),
                                            before,
                                            resolution.equals(Passage.NEANT) ? "" : ", " + resolution))
                    .as(Nature.HORS_SEQUENCE.name());
        }
        controles.expected(dit, ticket, before, gtr, () -> Valeurs.of(life(ticket)));
    }

    /**
     * Takes the slot that the ticket has come to, gives back the one that it has left; a refusal leaves everything as it was
     * (A2, A6, A9).
     */
    private void slot(Operateur oc, Dossier ticket, Dit dit, String before) {
        String now = ticket.faits().get(Faits.CRENEAU);
        // The same reference again may be an appointment that the OC has moved meanwhile.
        if (now != null && (dit.proposeAuto() || !now.equals(before))) {
            switch (creneaux.reserve(oc.code(), ticket.id(), now)) {
                case FAITE -> {}
                case PRISE -> throw Refuse.because(Situation.RDV_INDISPONIBLE, null, now);
                case INCONNUE -> throw Refuse.because(Situation.INCONNU, Champs.CRENEAU, now);
                case PANNE ->
                    throw Refuse.because(
                            oc.contrat().sav().planIndisponible().equals("panne")
                                    ? Situation.PANNE
                                    : Situation.RDV_INDISPONIBLE,
                            null,
                            "le plan de charge ne répond pas");
            }
        } else if (now == null && before != null) {
            creneaux.release(ticket.id());
        }
    }

    private static void close(Page page, Dit dit, String code) {
        dit.champs().putIfAbsent(Champs.CODE, code);
        page.grille()
                .flatMap(grille -> grille.cloture(dit.get(Champs.CODE)))
                .map(Cloture::etiquette)
                .ifPresent(label -> dit.champs().putIfAbsent(Champs.LIBELLE, label));
    }

    private void aside(Operateur oc, Dossier ticket, Dit dit, Nature nature, Porte porte, Instant now) {
        Lot lot = new Lot(mode(oc));
        lot.change(ticket);
        lot.add(message(ticket, ticket.aside(now), dit, nature, porte, lot, List.of(), now));
        registre.write(lot);
    }

    private Message message(
            Dossier ticket,
            int rang,
            Dit dit,
            Nature nature,
            Porte porte,
            Lot lot,
            List<Anomalie> anomalies,
            Instant now) {
        boolean pushed = !Role.OI.name().equals(ticket.faits().get(Faits.ORIGINE));
        return new Message(
                Ids.next(),
                ticket.id(),
                rang,
                ticket.operateur(),
                dit.parLOi() ? Sens.SORTANT : Sens.ENTRANT,
                PROTOCOLE,
                dit.flux(),
                ticket.version(),
                null,
                nature,
                porte.canal(),
                porte.journalId(),
                lot.id(),
                null,
                0,
                !dit.parLOi() ? Acheminement.RECU : pushed ? Acheminement.A_EMETTRE : Acheminement.ECARTE,
                ticket.etat(),
                !dit.parLOi() && nature == null,
                now,
                Json.write(dit.champs()),
                Json.write(anomalies));
    }

    private String mode(Operateur oc) {
        String own = oc.contrat().siMode();
        return own == null ? reglages.siMode() : own;
    }

    private Page page(Dossier ticket) {
        return catalogue.page(PROTOCOLE, ticket.version());
    }

    /**
     * Puts a notification on the road again, same content, marked as such; in the caller's transaction.
     *
     * @return the new message; empty if this is no notification of ours, or one that is never pushed
     */
    public Optional<UUID> again(UUID messageId) {
        return registre.findMessage(messageId)
                .filter(first -> first.protocole().equals(PROTOCOLE)
                        && first.sens() == Sens.SORTANT
                        && first.acheminement() != Acheminement.ECARTE)
                .map(first -> {
                    Instant now = clock.instant();
                    Dossier ticket = registre.findForUpdate(first.dossierId()).orElseThrow();
                    Lot lot = new Lot(null);
                    lot.change(ticket);
                    Dit dit = new Dit(first.flux(), null, Role.OI, Json.read(first.champs()));
                    Porte porte = new Porte(null, first.canal());
                    Message again = message(ticket, ticket.aside(now), dit, Nature.REEMIS, porte, lot, List.of(), now);
                    lot.add(again);
                    registre.write(lot);
                    tickets.emit(again);
                    return again.id();
                });
    }

    private List<Message> life(Dossier ticket) {
        return registre.list(
                ticket.id(), page(ticket).flux().stream().map(Flux::code).toList());
    }

    // Reading

    /**
     * One ticket: by its key, or the last created on a socket (G9). What stands in {@code troubleTicketKey} and is no key of
     * ours is looked for as a {@code technicalId}, for clients that have no other place for it (spec SAV §a.4).
     *
     * @param criteres {@code troubleTicketKey} or {@code technicalId}, and both SIRENs
     * @param attrNames the fields that are asked for; none: all
     */
    public Lecture read(Operateur oc, Map<String, String> criteres, List<String> attrNames) {
        try {
            return transactions.run(() -> find(oc, criteres, attrNames));
        } catch (Refuse refuse) {
            return new Lecture(retours.of(oc, null, refuse), Map.of());
        }
    }

    private Lecture find(Operateur oc, Map<String, String> criteres, List<String> attrNames) {
        Grille grille = page(oc).grille().orElseThrow();
        Controles controles = new Controles(page(oc), oc.contrat().sav());
        Dit dit = controles.read(null, criteres, Role.OC);
        controles.sirens(dit, oc, reglages.siren());
        controles.criteria(dit);
        if (!quota.admits(oc.code(), oc.contrat().sav().lecturesParHeure())) {
            throw Refuse.because(Situation.SATURE, null, null);
        }
        String key = dit.get(Champs.KEY);
        String technique = dit.get(Champs.TECHNIQUE);
        if (key.isEmpty() && technique.isEmpty()) {
            throw Refuse.because(Situation.SANS_CRITERE, null, null);
        }
        Dossier ticket = newest(oc, Champs.KEY, key)
                .or(() -> key.isEmpty() || technique.isEmpty()
                        ? newest(oc, Champs.TECHNIQUE, key.isEmpty() ? technique : key)
                        : Optional.empty())
                .orElseThrow(() -> Refuse.because(Situation.SANS_RESULTAT, null, null));
        Set<String> names = attrNames.stream()
                .flatMap(name -> grille.champ(name).stream())
                .map(champ -> champ.nom())
                .collect(Collectors.toCollection(HashSet::new));
        return new Lecture(
                retours.of(oc, ticket.references().get(Champs.KEY), Situation.ACCEPTE, null, null),
                Valeurs.read(grille, ticket, life(ticket), names));
    }

    private Optional<Dossier> newest(Operateur oc, String champ, String valeur) {
        return valeur.isEmpty()
                ? Optional.empty()
                : registre.listByReference(oc.code(), OBJET, champ, List.of(valeur)).stream()
                        .max(Comparator.comparing(Dossier::id));
    }

    // Décisions of the SI

    /**
     * What the OI has decided. The tables allow it and it leaves, or it is refused and nothing leaves. Runs inside the
     * caller's transaction, together with the note of the décision itself.
     *
     * @param action the value of {@code description}
     * @param champs the fields; SIRENs, the OC's reference, states that go with the action, the date of the message, the
     *     label of a closure and the GTR are filled in when they are left out
     */
    public Verdict decide(Operateur oc, String action, Map<String, String> champs) {
        try {
            return judge(oc, action, champs);
        } catch (Refuse refuse) {
            Reponse said = retours.of(oc, null, refuse);
            return new Verdict.Ko(refuse.motif(), refuse.champ(), "%d %s".formatted(said.code(), said.libelle()));
        }
    }

    private Verdict judge(Operateur oc, String action, Map<String, String> champs) {
        Page page = page(oc);
        Grille grille = page.grille().orElseThrow();
        for (String nom : champs.keySet()) {
            if (grille.champ(nom).isEmpty()) {
                throw Refuse.because(Situation.HORS_LISTE, nom, "champ inconnu").as("CHAMP_INCONNU");
            }
        }
        Controles controles = new Controles(page, oc.contrat().sav());
        Dit dit = controles.read(action, champs, Role.OI);
        controles.action(dit, page);
        Flux flux = page.flux(dit.flux());
        if (!flux.emisPar().contains(Role.OI)) {
            throw Refuse.because(Situation.NON_AUTORISE, Champs.DESCRIPTION, dit.flux() + " est dit par l'OC")
                    .as("FLUX_INTERDIT");
        }
        Porte porte = new Porte(null, CANAL);
        Instant now = clock.instant();
        complete(oc, dit, now);
        if (dit.flux().equals(Champs.CREATE)) {
            dit.champs().putIfAbsent(Champs.ETAT, "QUEUED");
            dit.champs().putIfAbsent(Champs.REFERENCE_OC, "%s-H-%s".formatted(reglages.oi(), tickets.number()));
            controles.sirens(dit, oc, reglages.siren());
            controles.form(dit, true, null);
            return new Verdict.Ok(
                    "QUEUED", "ticket " + open(oc, dit, controles, porte).troubleTicketKey());
        }
        if (!dit.has(Champs.KEY)) {
            throw Refuse.because(Situation.CHAMP_VIDE, Champs.KEY, null);
        }
        Dossier ticket = find(oc, dit.get(Champs.KEY))
                .orElseThrow(() -> Refuse.because(Situation.INCONNU, Champs.KEY, dit.get(Champs.KEY))
                        .as("DOSSIER_INCONNU"));
        String gtr = gtr(oc, ticket, dit);
        complete(oc, ticket, dit, gtr);
        controles.sirens(dit, oc, reglages.siren());
        controles.form(dit, true, gtr);
        say(oc, ticket, dit, controles, gtr, porte, now);
        return new Verdict.Ok(ticket.etat(), detail(ticket, controles));
    }

    private String gtr(Operateur oc, Dossier ticket, Dit dit) {
        return dit.flux().equals("CASE SOLVED NOTIFICATION")
                ? acces.gtr(oc, ticket.references().get(Champs.COMMERCIAL))
                : null;
    }

    private void complete(Operateur oc, Dit dit, Instant now) {
        Map<String, String> champs = dit.champs();
        champs.putIfAbsent(Champs.OC, oc.siren());
        champs.putIfAbsent(Champs.OI, reglages.siren());
        champs.putIfAbsent(
                Champs.DATE,
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(now.atZone(PARIS).truncatedTo(ChronoUnit.SECONDS)));
    }

    private void complete(Operateur oc, Dossier ticket, Dit dit, String gtr) {
        Map<String, String> champs = dit.champs();
        champs.putIfAbsent(Champs.REFERENCE_OC, ticket.cle());
        if (dit.flux().equals("CASE SOLVING NOTIFICATION")) {
            champs.putIfAbsent(Champs.RESOLUTION, "ACTION A DEFINIR");
        }
        if (dit.flux().equals("CASE CANCELATION AGREEMENT")) {
            champs.putIfAbsent(Champs.CODE, oc.contrat().sav().clotureAnnulation());
        }
        if (dit.type("DEMANDE RDV") || dit.type("REPONSE RDV")) {
            champs.putIfAbsent("supplierResolutionAction", "INTERVENTION AVEC RDV");
        }
        if (dit.has(Champs.CODE)) {
            close(page(ticket), dit, dit.get(Champs.CODE));
        }
        if (gtr != null) {
            champs.putIfAbsent(Champs.GTR, gtr);
        }
        if (dit.colonne() != null) {
            for (String champ : List.of(Champs.ETAT, Champs.RESOLUTION)) {
                expectedValue(page(ticket), dit, champ)
                        .ifPresent(valeur ->
                                champs.putIfAbsent(champ, valeur.equals(Regle.COURANT) ? ticket.etat() : valeur));
            }
        }
    }

    private static Optional<String> expectedValue(Page page, Dit dit, String champ) {
        return page.grille()
                .flatMap(grille -> grille.champ(champ))
                .map(known -> known.regle(dit.colonne().nom()).valeur());
    }

    private static String detail(Dossier ticket, Controles controles) {
        String noticed = controles.anomalies().stream()
                .map(anomalie -> " ; " + anomalie.detail())
                .collect(Collectors.joining());
        return Faits.resolution(ticket) + noticed;
    }
}
