package fr.interophub.acces;

import fr.interophub.acces.Ecriture.Place;
import fr.interophub.acces.RendezVous.Connus;
import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Passage;
import fr.interophub.catalogue.Role;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Cles;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Json;
import fr.interophub.echange.Lot;
import fr.interophub.echange.LotDeLignes;
import fr.interophub.echange.Message;
import fr.interophub.echange.Message.Nature;
import fr.interophub.echange.Registre;
import fr.interophub.operateur.Feuilles;
import fr.interophub.operateur.Operateur;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Judges what an OC says of appointments in one lot of lines: DemandeRdv, Demande_Modif_RDV, AnnulationRdv (spec §3.15 to §3.18). */
final class ReceptionRdv {

    /** The flux that give a ReferenceDemandeOC, which no other may use again. */
    private static final Set<String> DEMANDES = Set.of("DemandeRdv", "Demande_Modif_RDV");

    private final LotDeLignes source;
    private final Operateur operateur;
    private final Flux flux;
    private final Connus connus;
    private final Page page;
    private final Registre registre;
    private final Alertes alertes;
    private final Lot lot;
    private final Carnet carnet;
    private final Reponses reponses;
    private final Instant now;
    private final Ecriture ecriture;
    private final Ecarts ecarts;

    /** What was asked under each ReferenceDemandeOC that the lot gives. */
    private final Map<String, Demandee> demandees = new HashMap<>();

    /** A request, and the dossier that it counts in. */
    private record Demandee(Dossier dossier, Message message) {}

    /**
     * @param connus what the lines may speak of, held until the end of the transaction
     * @param reponses who answers; null when it is the SI
     */
    ReceptionRdv(
            LotDeLignes source,
            Connus connus,
            Versions versions,
            Registre registre,
            Alertes alertes,
            Lot lot,
            Carnet carnet,
            Reponses reponses,
            Instant now) {
        this.source = source;
        this.operateur = source.operateur();
        this.flux = source.feuille().flux();
        this.connus = connus;
        this.page = versions.page(source.feuille().version());
        this.registre = registre;
        this.alertes = alertes;
        this.lot = lot;
        this.carnet = carnet;
        this.reponses = reponses;
        this.now = now;
        this.ecriture = new Ecriture(lot, operateur, versions, now);
        this.ecarts = new Ecarts(source, lot, ecriture, now);
        Stream.concat(connus.rdvs().stream(), connus.commandes().stream())
                .forEach(dossier -> registre.list(dossier.id(), DEMANDES)
                        .forEach(message -> demandees.putIfAbsent(reference(message), new Demandee(dossier, message))));
    }

    private static String reference(Message message) {
        return Json.read(message.champs()).getOrDefault(RendezVous.DEMANDE, "");
    }

    /** Judges every line, in the order of the file. */
    Lot judge() {
        for (Ligne ligne : source.lignes()) {
            List<Anomalie> anomalies = source.feuille().check(ligne);
            Optional<Anomalie> fault =
                    anomalies.stream().filter(Anomalie::bloquante).findFirst();
            if (fault.isPresent()) {
                ecarts.keep(
                        ligne,
                        concerned(ligne).stream().findFirst().orElse(null),
                        fault.get().regle(),
                        fault.get().detail(),
                        anomalies);
            } else if (DEMANDES.contains(flux.code())) {
                ask(ligne, anomalies);
            } else {
                take(ligne, concerned(ligne), anomalies);
            }
        }
        ecarts.tell(alertes);
        return lot;
    }

    /** What a line speaks of: the appointment, and the order that is moved with it. */
    private List<Dossier> concerned(Ligne ligne) {
        if (flux.code().equals("DemandeRdv")) {
            return List.of();
        }
        String id = ligne.get(RendezVous.ID);
        Optional<Dossier> rdv = connus.rdv(id);
        if (flux.code().equals("AnnulationRdv")) {
            return rdv
                    .or(() -> Optional.ofNullable(demandees.get(ligne.get(RendezVous.DEMANDE)))
                            .map(Demandee::dossier)
                            .filter(known -> known.objet().equals(RendezVous.OBJET)))
                    .stream()
                    .toList();
        }
        String cle = ligne.get(RendezVous.COMMANDE);
        String known =
                rdv.map(found -> found.references().get(RendezVous.COMMANDE)).orElse("");
        return Stream.of(rdv, connus.commande(cle.isEmpty() ? known : cle, id))
                .flatMap(Optional::stream)
                .toList();
    }

    /** A request; the same again gets the first answer again, the same reference with other content is refused. */
    private void ask(Ligne ligne, List<Anomalie> anomalies) {
        String reference = ligne.get(RendezVous.DEMANDE);
        Demandee known = reference.isEmpty() ? null : demandees.get(reference);
        if (known == null) {
            List<Dossier> dossiers = flux.code().equals("DemandeRdv") ? List.of(open(ligne)) : concerned(ligne);
            take(ligne, dossiers, anomalies).ifPresent(message -> {
                Dossier asked = dossiers.stream()
                        .filter(dossier -> dossier.id().equals(message.dossierId()))
                        .findFirst()
                        .orElseThrow();
                demandees.put(reference, new Demandee(asked, message));
                answer(asked, dossiers, ligne);
            });
        } else if (known.message().flux().equals(flux.code())
                && Json.read(known.message().champs()).equals(ligne.champs())) {
            repeat(ligne, known);
        } else {
            reuse(ligne, anomalies);
        }
    }

    private Dossier open(Ligne ligne) {
        Dossier rdv = Dossier.open(
                RendezVous.OBJET,
                Commandes.PROTOCOLE,
                page.version(),
                operateur.code(),
                Cles.shorten(ligne.reference()),
                ligne.empreinte(Set.of()),
                Passage.NEANT,
                now);
        lot.open(rdv);
        return rdv;
    }

    /** What an OC says takes effect where the tables admit it; otherwise it is set aside. */
    private Optional<Message> take(Ligne ligne, List<Dossier> dossiers, List<Anomalie> anomalies) {
        if (dossiers.isEmpty()) {
            ecarts.keep(ligne, null, "DOSSIER_INCONNU", "rendez-vous inconnu : " + ligne.get(RendezVous.ID), anomalies);
            return Optional.empty();
        }
        Dossier main = dossiers.get(0);
        String before = main.etat();
        boolean late = flux.code().equals("AnnulationRdv")
                && Reponses.late(main, operateur.contrat().rdv(), now);
        List<Dossier> moved = carnet.advance(dossiers, ligne, Role.OC);
        if (moved.isEmpty()) {
            ecarts.keep(ligne, main, Ecarts.HORS_SEQUENCE, "%s en %s".formatted(flux.code(), before), anomalies);
            return Optional.empty();
        }
        Message message = ecriture.received(ligne, source.fichier(), Place.in(moved.get(0)), null, true, anomalies);
        carnet.write(message, moved);
        if (late) {
            alertes.raise(
                    "ANNULATION_TARDIVE",
                    operateur.code() + " " + main.cle(),
                    operateur.code(),
                    "%s annule le rendez-vous %s après le préavis du contrat"
                            .formatted(operateur.code(), ligne.get(RendezVous.ID)));
        }
        return Optional.of(message);
    }

    /** The hub answers where a plan de charge is loaded and the appointment is one that it knows; otherwise the SI does. */
    private void answer(Dossier asked, List<Dossier> dossiers, Ligne demande) {
        if (reponses == null || !asked.objet().equals(RendezVous.OBJET)) {
            return;
        }
        Ligne reponse = answer(reponses.answer(asked, demande));
        List<Dossier> moved = carnet.advance(dossiers, reponse, Role.OI);
        carnet.write(ecriture.said(reponse, reponse.issue(), Place.in(moved.get(0)), true), moved);
    }

    private Ligne answer(Map<String, String> champs) {
        champs.computeIfPresent(
                page.flux(RendezVous.REPONSE).motif().orElseThrow(),
                (champ, code) -> page.motif(code).isPresent() ? Motifs.write(page, code, operateur) : code);
        return Feuilles.of(page, RendezVous.REPONSE, operateur).ligne(0, champs);
    }

    private void repeat(Ligne ligne, Demandee known) {
        Dossier dossier = known.dossier();
        ecriture.received(
                ligne, source.fichier(), new Place(dossier, dossier.aside(now), Nature.REPETE), null, false, List.of());
        Stream.concat(
                        registre.list(dossier.id(), Set.of(RendezVous.REPONSE)).stream(),
                        lot.messages().stream()
                                .filter(message -> dossier.id().equals(message.dossierId())
                                        && message.flux().equals(RendezVous.REPONSE)
                                        && message.nature() == null))
                .filter(message -> reference(message).equals(reference(known.message())))
                .findFirst()
                .ifPresent(first -> ecriture.said(
                        answer(Json.read(first.champs())),
                        first.issue(),
                        new Place(dossier, dossier.aside(now), Nature.REPETE),
                        false));
        lot.change(dossier);
    }

    /** Kept outside the dossier whose reference it uses, which stays as it is (front door, "Who decides what"). */
    private void reuse(Ligne ligne, List<Anomalie> anomalies) {
        ecarts.keep(
                ligne,
                null,
                "REFERENCE_DEJA_UTILISEE",
                "ReferenceDemandeOC déjà utilisée, avec un autre contenu : " + ligne.get(RendezVous.DEMANDE),
                anomalies);
        Map<String, String> champs = Reponses.verdicts(ligne, "");
        champs.put("MotifReponseRdvKo", Reponses.AUTRE_MOTIF);
        champs.put("Commentaire", "ReferenceDemandeOC déjà utilisée");
        champs.put("DateReponseRdv", Dates.format(now));
        ecriture.said(answer(champs), Issue.KO, Place.outside(Nature.HORS_DOSSIER), false);
    }
}
