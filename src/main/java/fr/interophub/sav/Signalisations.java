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
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Ids;
import fr.interophub.echange.Json;
import fr.interophub.echange.Lot;
import fr.interophub.echange.Message;
import fr.interophub.echange.Message.Nature;
import fr.interophub.echange.Registre;
import fr.interophub.echange.Sens;
import fr.interophub.operateur.Annuaire;
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
import java.util.stream.Stream;

/**
 * The trouble tickets: what an OC calls is judged and answered, and what the OI decides leaves if both state tables allow it.
 * The ticket, what was said, what the SI is told, the slot and what must leave are written in the caller's transaction, with
 * what it keeps of the call (decision Journal-First); nothing is written before the last thing that could refuse. Who speaks
 * has been authenticated by the door.
 */
public final class Signalisations {

    public static final String PROTOCOLE = "sav";
    public static final String OBJET = Suivi.TICKET;

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final String CANAL = "SOAP";

    /** How long the same creation gets the first answer again (G13). */
    private static final Duration REPETITION = Duration.ofHours(24);

    /** What is asked of the rooms beside. */
    record Voisins(
            Registre registre, Parc parc, Tickets tickets, Creneaux creneaux, Annuaire annuaire, Alertes alertes) {}

    /**
     * @param oi our own code, which the references that we issue carry
     * @param siren our own SIREN
     * @param siMode how the SI is met when an operator's contract does not say otherwise
     */
    record Reglages(String oi, String siren, String siMode) {}

    /** What a call carries beside its fields. */
    private record Porte(UUID journalId, String canal, int ligne, List<Anomalie> anomalies) {

        private Porte(Appel appel) {
            this(appel.journalId(), appel.canal(), appel.ligne(), appel.anomalies());
        }
    }

    /** What says our décisions; it comes in by no door. */
    private static final Porte NOUS = new Porte(null, CANAL, 0, List.of());

    /** How something leaves: by a file of lines, by a call that waits, or not at all. */
    private record Depart(String canal, UUID sortieId, int place, Acheminement acheminement) {}

    private final Catalogue catalogue;
    private final Registre registre;
    private final Tickets tickets;
    private final Creneaux creneaux;
    private final Annuaire annuaire;
    private final Alertes alertes;
    private final AccesConnus acces;
    private final Clock clock;
    private final Reglages reglages;
    private final Suivi suivi;
    private final Quota quota;
    private final Retours retours;
    private final Interprete interprete;

    /**
     * @throws IllegalStateException if a page names a condition or lacks a return code that this room knows
     */
    Signalisations(Catalogue catalogue, Voisins voisins, Clock clock, Reglages reglages) {
        this.catalogue = catalogue;
        this.registre = voisins.registre();
        this.tickets = voisins.tickets();
        this.creneaux = voisins.creneaux();
        this.annuaire = voisins.annuaire();
        this.alertes = voisins.alertes();
        this.acces = new AccesConnus(catalogue, voisins.parc(), voisins.registre());
        this.clock = clock;
        this.reglages = reglages;
        this.suivi = new Suivi(catalogue);
        this.quota = new Quota(clock);
        this.retours = new Retours(catalogue);
        this.interprete = new Interprete(
                catalogue,
                catalogue
                        .page(PROTOCOLE, Contrat.DEFAUT.sav().profil())
                        .grille()
                        .orElseThrow());
        catalogue.pages().stream()
                .filter(page ->
                        page.protocole().equals(PROTOCOLE) && page.grille().isPresent())
                .forEach(Controles::hold);
    }

    /** The create service: CASE CREATE REQUEST, and nothing else (G4). */
    public Reponse create(Operateur oc, Appel appel) {
        return answer(oc, null, () -> created(oc, appel));
    }

    private Reponse created(Operateur oc, Appel appel) {
        Controles controles = controles(oc);
        Dit dit = read(oc, controles, appel);
        if (!dit.flux().equals(Champs.CREATE)) {
            throw Refuse.because(Situation.NON_AUTORISE, Champs.DESCRIPTION, dit.flux());
        }
        controles.form(dit, true, null);
        return open(oc, dit, controles, new Porte(appel));
    }

    /** The set service: every other action of the OC. */
    public Reponse set(Operateur oc, Appel appel) {
        String key = appel.champs().get(Champs.KEY);
        return answer(oc, key, () -> {
            Action action = action(oc, appel);
            Instant now = clock.instant();
            String before = action.ticket.etat();
            try {
                say(oc, action.ticket, action.dit, action.controles, null, action.porte, now);
            } catch (Refuse refuse) {
                if (!refuse.motif().equals(Nature.HORS_SEQUENCE.name())) {
                    throw refuse;
                }
                aside(oc, action.ticket, action.dit, Nature.HORS_SEQUENCE, action.porte, now);
                return retours.of(oc, key, refuse);
            }
            String after = action.ticket.etat();
            return retours.of(oc, key, Situation.ACCEPTE, null, before.equals(after) ? null : after);
        });
    }

    /** What is said of a ticket, held to its form. */
    private record Action(Dossier ticket, Dit dit, Controles controles, Porte porte) {}

    private Action action(Operateur oc, Appel appel) {
        Controles controles = controles(oc);
        Dit dit = read(oc, controles, appel);
        if (dit.flux().equals(Champs.CREATE)) {
            throw Refuse.because(Situation.NON_AUTORISE, Champs.DESCRIPTION, dit.flux());
        }
        boolean own = page(oc).flux(dit.flux()).emisPar().contains(Role.OC);
        controles.form(dit, own, null);
        Dossier ticket = find(oc, dit.get(Champs.KEY))
                .orElseThrow(() -> Refuse.because(Situation.INCONNU, Champs.KEY, dit.get(Champs.KEY)));
        if (!own) {
            throw Refuse.because(Situation.NON_AUTORISE, Champs.DESCRIPTION, dit.flux());
        }
        return new Action(ticket, dit, controles, new Porte(appel));
    }

    // The same said by lines (ReceptionSav), inside its transaction; a refusal keeps nothing

    /**
     * Opens a ticket as {@link #create} does, or finds the one that the same words have opened.
     *
     * @throws Refuse when it is refused
     */
    Dossier open(Operateur oc, Appel appel) {
        return find(oc, created(oc, between(oc, appel)).troubleTicketKey()).orElseThrow();
    }

    /**
     * Hears what is said of a ticket as {@link #set} does.
     *
     * @throws Refuse when it is refused, out of sequence included
     */
    Dossier hear(Operateur oc, Appel appel) {
        Action action = action(oc, between(oc, appel));
        say(oc, action.ticket, action.dit, action.controles, null, action.porte, clock.instant());
        return action.ticket;
    }

    /** Lines name no SIREN: who speaks to whom is known from the door. */
    private Appel between(Operateur oc, Appel appel) {
        Map<String, String> champs = new TreeMap<>(appel.champs());
        champs.put(Champs.OC, oc.siren());
        champs.put(Champs.OI, reglages.siren());
        return new Appel(appel.action(), champs, appel.journalId(), appel.canal(), appel.ligne(), appel.anomalies());
    }

    /** The ticket of this key of ours, else of this reference of the OC; held until the end of the transaction. */
    Optional<Dossier> find(Operateur oc, String key, String reference) {
        return key.isEmpty()
                ? Optional.ofNullable(registre.findForUpdate(oc.code(), OBJET, List.of(reference))
                        .get(reference))
                : find(oc, key);
    }

    /** What the return code of a refusal says, in the agreed catalogue, of a column. */
    String libelle(Operateur oc, Refuse refuse, String colonne) {
        return retours.of(oc, null, refuse.situation(), colonne, refuse.getMessage())
                .libelle();
    }

    Interprete interprete() {
        return interprete;
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

    private Controles controles(Operateur oc) {
        Contrat.Sav contrat = oc.contrat().sav();
        return new Controles(page(oc), Interprete.speaks(oc) ? contrat.avecUnIdentifiant() : contrat);
    }

    private Reponse answer(Operateur oc, String key, Supplier<Reponse> work) {
        try {
            return work.get();
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
        List<Dossier> alike = registre.listByKeyOrReference(oc.code(), OBJET, reference, Champs.COMMERCIAL, about);
        Optional<Dossier> known = alike.stream()
                .filter(one -> one.cle().equalsIgnoreCase(reference))
                .findFirst();
        if (known.isPresent()) {
            return again(oc, known.get(), dit, empreinte, porte, now);
        }
        if (noAccess != null) {
            throw noAccess;
        }
        Dossier ticket = Dossier.open(
                OBJET, PROTOCOLE, oc.contrat().sav().profil(), oc.code(), reference, empreinte, Passage.NEANT, now);
        move(oc, ticket, dit, controles, found.gtr(), now);
        followUp(alike, ticket);
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
        lot.add(message(oc, ticket, ticket.rang(), dit, null, porte, lot, controles.anomalies(), now));
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
    private static void followUp(List<Dossier> before, Dossier ticket) {
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
        Message message = message(oc, ticket, ticket.rang(), dit, null, porte, lot, controles.anomalies(), now);
        write(lot, message);
    }

    private void write(Lot lot, Message message) {
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
        lot.add(message(oc, ticket, ticket.aside(now), dit, nature, porte, lot, List.of(), now));
        registre.write(lot);
    }

    private Message message(
            Operateur oc,
            Dossier ticket,
            int rang,
            Dit dit,
            Nature nature,
            Porte porte,
            Lot lot,
            List<Anomalie> anomalies,
            Instant now) {
        Depart depart = dit.parLOi()
                ? depart(oc, ticket, dit, lot)
                : new Depart(porte.canal(), null, porte.ligne(), Acheminement.RECU);
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
                depart.canal,
                porte.journalId(),
                lot.id(),
                depart.sortieId,
                depart.place,
                depart.acheminement,
                ticket.etat(),
                !dit.parLOi() && nature == null,
                now,
                Json.write(dit.champs()),
                Json.write(Stream.concat(porte.anomalies().stream(), anomalies.stream())
                        .toList()));
    }

    /** A ticket that the OI has opened is not pushed (G11); an OC that speaks by lines has them, where a line can say it. */
    private Depart depart(Operateur oc, Dossier ticket, Dit dit, Lot lot) {
        Depart none = new Depart(CANAL, null, 0, Acheminement.ECARTE);
        if (Role.OI.name().equals(ticket.faits().get(Faits.ORIGINE))) {
            return none;
        }
        if (!Interprete.speaks(oc)) {
            return new Depart(CANAL, null, 0, Acheminement.A_EMETTRE);
        }
        if (!interprete.knows(dit.flux())) {
            alertes.raise(
                    "A_DIRE_A_L_OC",
                    ticket.references().get(Champs.KEY),
                    oc.code(),
                    "%s parle SAV 1.0a, qui n'a pas de flux pour « %s » (ticket %s) : à dire à l'OC soi-même"
                            .formatted(
                                    oc.code(), dit.flux(), ticket.references().get(Champs.KEY)));
        }
        return interprete
                .tell(oc, dit)
                .map(ligne -> {
                    Lot.Sortie sortie = lot.sortie(oc, ligne.feuille());
                    ligne.writeCsv(sortie.contenu());
                    return new Depart(oc.canal(interprete.page()), sortie.id(), sortie.next(ticket.id()), null);
                })
                .orElse(none);
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
                        && catalogue.page(PROTOCOLE, first.version()).grille().isPresent()
                        && first.sens() == Sens.SORTANT
                        && first.acheminement() != Acheminement.ECARTE)
                .map(first -> {
                    Instant now = clock.instant();
                    Dossier ticket = registre.findForUpdate(first.dossierId()).orElseThrow();
                    Lot lot = new Lot(null);
                    lot.change(ticket);
                    Dit dit = new Dit(first.flux(), null, Role.OI, Json.read(first.champs()));
                    Operateur oc = annuaire.find(first.operateur()).orElseThrow();
                    Message again =
                            message(oc, ticket, ticket.aside(now), dit, Nature.REEMIS, NOUS, lot, List.of(), now);
                    write(lot, again);
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
            return find(oc, criteres, attrNames);
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
        Instant now = clock.instant();
        complete(oc, dit, now);
        if (dit.flux().equals(Champs.CREATE)) {
            dit.champs().putIfAbsent(Champs.ETAT, "QUEUED");
            dit.champs().putIfAbsent(Champs.REFERENCE_OC, "%s-H-%s".formatted(reglages.oi(), tickets.number()));
            controles.sirens(dit, oc, reglages.siren());
            controles.form(dit, true, null);
            return new Verdict.Ok(
                    "QUEUED", "ticket " + open(oc, dit, controles, NOUS).troubleTicketKey());
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
        say(oc, ticket, dit, controles, gtr, NOUS, now);
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
