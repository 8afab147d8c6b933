package fr.interophub.sav;

import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Ligne;
import fr.interophub.echange.Acheminement;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Cles;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Ids;
import fr.interophub.echange.Json;
import fr.interophub.echange.Lot;
import fr.interophub.echange.LotDeLignes;
import fr.interophub.echange.Message;
import fr.interophub.echange.Message.Nature;
import fr.interophub.echange.Progression;
import fr.interophub.echange.Quarantaine;
import fr.interophub.echange.Registre;
import fr.interophub.echange.Sens;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Feuilles;
import fr.interophub.operateur.Operateur;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The trouble tickets of an OC that speaks SAV 1.0a, by files (spec SAV §g): a signalisation opens the same ticket as the create
 * service and is answered by an AR in the same transaction; a message is heard as the set service hears it, and nothing answers
 * it. Each line has a transaction of its own, so that a bad one never harms its neighbours, not even by a failure of ours.
 */
public final class ReceptionSav {

    private static final String SIGNALISATION = "SIGSAV";
    private static final String AR = "ARSIGSAV";
    private static final String REFERENCE_OC = "ReferenceSigSAVRaccoOC";
    private static final String REFERENCE_OI = "ReferenceSigSAVRaccoOI";

    /** The protocol has no flux by which an OC withdraws a signalisation. */
    private static final String ANNULATION = "ANNULATION_DEMANDEE";

    private static final int MOTIF_MAX = 255;

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd HH:mm").withZone(ZoneId.of("Europe/Paris"));

    private final Signalisations signalisations;
    private final Interprete interprete;
    private final Registre registre;
    private final Alertes alertes;
    private final Progression progression;
    private final Transactions transactions;
    private final Clock clock;

    ReceptionSav(
            Signalisations signalisations,
            Registre registre,
            Alertes alertes,
            Progression progression,
            Transactions transactions,
            Clock clock) {
        this.signalisations = signalisations;
        this.interprete = signalisations.interprete();
        this.registre = registre;
        this.alertes = alertes;
        this.progression = progression;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Judges consecutive lines of one received file, of a flux whose objet is the ticket. */
    public void receive(LotDeLignes lignes) {
        long debut = lignes.debut();
        for (Ligne ligne : lignes.lignes()) {
            LotDeLignes one = new LotDeLignes(lignes.ouverture(), debut++, List.of(ligne), lignes.rejeu());
            transactions.run(() -> {
                progression.advance(one);
                Lot lot = new Lot(null);
                new Jugement(one, ligne, lot, clock.instant()).judge();
                registre.write(lot);
            });
        }
    }

    /** One line being judged. */
    private final class Jugement {

        private final LotDeLignes source;
        private final Operateur oc;
        private final Ligne ligne;
        private final Lot lot;
        private final Instant now;
        private final List<Anomalie> anomalies;
        private final Interprete.Compris compris;

        private Jugement(LotDeLignes source, Ligne ligne, Lot lot, Instant now) {
            this.source = source;
            this.oc = source.operateur();
            this.ligne = ligne;
            this.lot = lot;
            this.now = now;
            this.anomalies = source.feuille().check(ligne);
            this.compris = interprete.hear(ligne);
        }

        private void judge() {
            List<Anomalie> fautes = Stream.concat(
                            anomalies.stream().filter(Anomalie::bloquante), compris.fautes().stream())
                    .toList();
            if (ligne.feuille().flux().code().equals(SIGNALISATION)) {
                signal(fautes);
            } else {
                tell(fautes);
            }
        }

        // A signalisation, and its AR

        private void signal(List<Anomalie> fautes) {
            if (!fautes.isEmpty()) {
                refuse(fautes, fautes.stream().map(Anomalie::detail).collect(Collectors.joining(" ; ")));
                return;
            }
            try {
                accept(call(() -> signalisations.open(oc, appel(Map.of()))));
            } catch (Refuse refuse) {
                refuse(List.of(), reason(refuse));
            }
        }

        private Dossier call(Supplier<Dossier> service) {
            return transactions.run(service);
        }

        private Appel appel(Map<String, String> known) {
            Map<String, String> champs = new LinkedHashMap<>(compris.champs());
            champs.putAll(known);
            return new Appel(
                    compris.action(),
                    champs,
                    source.fichier().id(),
                    source.fichier().canal(),
                    ligne.numero(),
                    anomalies);
        }

        /** The first answer again where the ticket has one (decision Same-Question-Same-Answer). */
        private void accept(Dossier ticket) {
            Optional<Message> first = registre.findFirst(ticket.id(), AR);
            Map<String, String> champs = first.map(message -> Json.read(message.champs()))
                    .orElseGet(() ->
                            answer(Issue.OK, REFERENCE_OI, ticket.references().get(Champs.KEY)));
            lot.change(ticket);
            said(champs, Issue.OK, ticket, first.isPresent() ? Nature.REPETE : null);
        }

        private void refuse(List<Anomalie> fautes, String why) {
            lot.add(received(null, 0, Nature.HORS_DOSSIER, null, fautes));
            said(answer(Issue.KO, "MotifKO", Cles.cut(why, MOTIF_MAX)), Issue.KO, null, Nature.HORS_DOSSIER);
        }

        private Map<String, String> answer(Issue issue, String colonne, String valeur) {
            Map<String, String> champs = new LinkedHashMap<>();
            champs.put(REFERENCE_OC, ligne.get(REFERENCE_OC));
            champs.put("DatePriseEnCompte", DATE.format(now));
            champs.put("EtatAR", issue.name());
            champs.put(colonne, valeur);
            return champs;
        }

        private void said(Map<String, String> champs, Issue issue, Dossier ticket, Nature nature) {
            Ligne ar = Feuilles.of(interprete.page(), AR, oc).ligne(0, champs);
            Lot.Sortie sortie = lot.sortie(oc, ar.feuille());
            ar.writeCsv(sortie.contenu());
            int rang = ticket == null ? 0 : ticket.aside(now);
            lot.add(message(
                    ticket,
                    rang,
                    Sens.SORTANT,
                    ar,
                    issue,
                    nature,
                    oc.canal(interprete.page()),
                    sortie,
                    sortie.next(ticket == null ? null : ticket.id()),
                    null,
                    List.of()));
        }

        /** The column, what stands in it, and the rule. */
        private String reason(Refuse refuse) {
            String champ = refuse.champ();
            if (champ == null) {
                return signalisations.libelle(oc, refuse, null);
            }
            String colonne = interprete.colonne(ligne, champ).orElse(champ);
            String valeur = ligne.feuille().find(colonne).isPresent() ? ligne.get(colonne) : "";
            String rule = signalisations.libelle(oc, refuse, colonne);
            return valeur.isEmpty()
                    ? "%s : %s".formatted(colonne, rule)
                    : "%s « %s » : %s".formatted(colonne, valeur, rule);
        }

        // A message about a signalisation: no flux answers it, so that what is refused is told to a person

        private void tell(List<Anomalie> fautes) {
            Optional<Dossier> ticket = signalisations.find(oc, ligne.get(REFERENCE_OI), ligne.get(REFERENCE_OC));
            if (!fautes.isEmpty()) {
                keep(
                        ticket,
                        fautes.get(0).regle(),
                        fautes.stream().map(Anomalie::detail).collect(Collectors.joining(" ; ")),
                        fautes);
            } else if (compris.action().isEmpty()) {
                keep(
                        ticket,
                        ANNULATION,
                        "TypeMessage « %s » : SAV 1.0a n'a pas de flux pour le dire ; à voir avec l'OC et le SI"
                                .formatted(ligne.get("TypeMessage")),
                        List.of());
            } else if (ticket.isEmpty()) {
                keep(
                        ticket,
                        "DOSSIER_INCONNU",
                        "signalisation inconnue : %s%s"
                                .formatted(
                                        ligne.get(REFERENCE_OI),
                                        ligne.get(REFERENCE_OI).isEmpty() ? ligne.get(REFERENCE_OC) : ""),
                        List.of());
            } else {
                Dossier known = ticket.get();
                Map<String, String> recalled =
                        Map.of(Champs.KEY, known.references().get(Champs.KEY), Champs.ETAT, known.etat());
                try {
                    call(() -> signalisations.hear(oc, appel(recalled)));
                } catch (Refuse refuse) {
                    keep(ticket, refuse.motif(), reason(refuse), List.of());
                }
            }
        }

        private void keep(Optional<Dossier> about, String motif, String detail, List<Anomalie> fautes) {
            // As it was before the refusal moved it in memory.
            Dossier ticket =
                    about.flatMap(known -> registre.findForUpdate(known.id())).orElse(null);
            int rang = ticket == null ? 0 : ticket.aside(now);
            if (ticket != null) {
                lot.change(ticket);
            }
            Message message = received(ticket, rang, Nature.HORS_SEQUENCE, Acheminement.EN_QUARANTAINE, fautes);
            lot.add(message);
            lot.add(Quarantaine.of(source, ligne, message, motif, detail));
            String flux = ligne.feuille().flux().code();
            alertes.raise(
                    motif.equals(ANNULATION) ? ANNULATION : Quarantaine.LIGNE,
                    oc.code() + " " + flux,
                    oc.code(),
                    "%s : %s, fichier « %s », ligne %d en quarantaine : %s"
                            .formatted(oc.code(), flux, source.fichier().fichier(), ligne.numero(), detail));
        }

        private Message received(
                Dossier ticket, int rang, Nature nature, Acheminement acheminement, List<Anomalie> fautes) {
            List<Anomalie> all = Stream.concat(anomalies.stream(), fautes.stream())
                    .distinct()
                    .toList();
            return message(
                    ticket,
                    rang,
                    Sens.ENTRANT,
                    ligne,
                    null,
                    nature,
                    source.fichier().canal(),
                    null,
                    ligne.numero(),
                    acheminement,
                    all);
        }

        private Message message(
                Dossier ticket,
                int rang,
                Sens sens,
                Ligne said,
                Issue issue,
                Nature nature,
                String canal,
                Lot.Sortie sortie,
                int place,
                Acheminement acheminement,
                List<Anomalie> noticed) {
            return new Message(
                    Ids.next(),
                    ticket == null ? null : ticket.id(),
                    rang,
                    oc.code(),
                    sens,
                    Signalisations.PROTOCOLE,
                    said.feuille().flux().code(),
                    said.feuille().version(),
                    issue,
                    nature,
                    canal,
                    sens == Sens.ENTRANT ? source.fichier().id() : null,
                    lot.id(),
                    sortie == null ? null : sortie.id(),
                    place,
                    acheminement,
                    ticket == null ? null : ticket.etat(),
                    false,
                    now,
                    Json.write(said.champs()),
                    Json.write(noticed));
        }
    }
}
