package fr.interophub.bacasable;

import com.fasterxml.jackson.databind.JsonNode;
import fr.interophub.bacasable.CasSav.Autour;
import fr.interophub.bacasable.JeuDeCas.Oi;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.FichierIllisible;
import fr.interophub.catalogue.Issue;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An OC that lives by mail, and the SI, play the cases of SAV 1.0a as they are written, one after the other, in a hub that does
 * other things meanwhile. The accesses and the references of a case get a mark of their own each time it is played, and its
 * days are counted from today. Not for several threads.
 */
final class CasParCourriel implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CasParCourriel.class);

    /** The day on which the cases are written. */
    private static final LocalDate JOUR = LocalDate.of(2026, 11, 20);

    private static final Pattern DATE = Pattern.compile("\\b2026[0-9]{4}\\b");
    private static final Pattern MOMENT = Pattern.compile("\\b2026-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\+01:00");
    private static final Pattern REFERENCE =
            Pattern.compile("\\b(?:A[1-9][0-9]?|PM-[0-9]+|(?:SIG|WEB|DOM|PREV)-[0-9A-Z]+)\\b(?!-)");
    private static final DateTimeFormatter HORODATE = DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss");

    /** Where a case says that nothing leaves, nothing comes at so many looks. */
    private static final int REGARDS = 5;

    private final Portes portes;
    private final Portes.Compte compte;
    private final Oi oi;
    private final Catalogue catalogue;
    private final Rythme rythme;
    private final Clock clock;
    private final Rest lecture;
    private final Fiches fiches;
    private final ServiceSav services;
    private final CasierCourriel casier;
    private final Casier commandes;
    private final Dialecte acces;
    private final Specimen specimen;
    private final String run = marque();
    private int plays;
    private int files;

    /** @param siren the OI's */
    CasParCourriel(Portes portes, Portes.Compte compte, String siren, Catalogue catalogue, Rythme rythme, Clock clock)
            throws IOException {
        this.portes = portes;
        this.compte = compte;
        this.oi = new Oi(portes.oi(), siren);
        this.catalogue = catalogue;
        this.rythme = rythme;
        this.clock = clock;
        lecture = new Rest(Rest.client(), portes.http(), portes.cleLecture());
        fiches = new Fiches(lecture);
        services = ServiceSav.open(catalogue);
        casier = portes.casierSav(compte);
        commandes = portes.casierAcces(compte);
        acces = new Dialecte(catalogue.page("acces", "1.2"));
        specimen = new Specimen(clock, portes.oi(), catalogue.page("acces", "1.2"));
    }

    /** The protocol's cases and the lives of its annex; ours presume what a running demo does not give. */
    static List<CasSav> repertoire() {
        return CasSav.load(CasSav.PAR_FICHIERS).stream()
                .filter(cas -> !cas.id().startsWith("HUB-"))
                .toList();
    }

    private static String marque() {
        return UUID.randomUUID().toString().substring(0, 4).toUpperCase(Locale.ROOT);
    }

    /** Is this reference one of a case that is played here? */
    boolean owns(String reference) {
        return reference.contains("-" + run);
    }

    /**
     * Plays a case.
     *
     * @return which line did not hold and why; empty when all did
     */
    Optional<String> play(CasSav cas) throws InterruptedException {
        Jeu jeu = new Jeu(cas);
        try {
            jeu.begin();
            for (CasSav.Ligne ligne : cas.lignes()) {
                Thread.sleep(rythme.pas().toMillis());
                jeu.play(ligne);
            }
            jeu.everyLineWasExpected();
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            casier.hangUp();
            commandes.hangUp();
            return Optional.of(e.getMessage());
        } finally {
            jeu.end();
        }
    }

    @Override
    public void close() {
        casier.close();
        commandes.close();
        services.close();
    }

    /** One case being played. */
    private final class Jeu extends JeuParLesPortes {

        private final String serie = "-" + run + ++plays;
        private final long jours = ChronoUnit.DAYS.between(JOUR, LocalDate.ofInstant(clock.instant(), Specimen.PARIS));
        private final List<Fichier> came = new ArrayList<>();
        private final int heard = services.received(compte.operateur()).size();
        private final Dialecte dialecte = new Dialecte(page);
        private String siren = "";
        private final List<String> aside = new ArrayList<>();
        private boolean otherVersion;

        private Jeu(CasSav cas) {
            super(cas, catalogue, CasParCourriel.this.oi, portes);
        }

        private void begin() throws IOException, InterruptedException {
            siren = fiches.siren(compte.operateur());
            access(said("A1"), Map.of());
        }

        /**
         * Whatever became of the case, the OC speaks as before, and what the case had set aside is dismissed, its alert with it:
         * the alerts of a play must not hide a newcomer's own.
         */
        private void end() throws InterruptedException {
            try {
                for (String entry : aside) {
                    lecture.post(
                            "/api/v1/quarantaine/" + entry + "/ecarter",
                            Rest.JSON.createObjectNode().put("motif", "joué par le bac à sable"));
                }
                if (otherVersion) {
                    fiches.speak(compte.operateur(), page.version());
                }
            } catch (IOException e) {
                LOG.warn("bac à sable, SAV par courriel : la fin de {} : {}", cas().id(), e.toString());
            }
        }

        @Override
        protected String siren(String qui) {
            return siren;
        }

        @Override
        protected String code(String qui) {
            return compte.operateur();
        }

        @Override
        protected PosteSav poste(String qui) {
            return new PosteSav(portes.http(), "2.1", compte.utilisateur(), compte.motDePasse());
        }

        @Override
        protected String said(String texte) {
            String today = DATE.matcher(texte)
                    .replaceAll(date -> LocalDate.parse(date.group(), DateTimeFormatter.BASIC_ISO_DATE)
                            .plusDays(jours)
                            .format(DateTimeFormatter.BASIC_ISO_DATE));
            today = MOMENT.matcher(today)
                    .replaceAll(
                            moment -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(OffsetDateTime.parse(moment.group())
                                    .atZoneSameInstant(Specimen.PARIS)
                                    .plusDays(jours)));
            return REFERENCE.matcher(today).replaceAll(reference -> reference.group() + serie);
        }

        @Override
        protected boolean holds(BooleanSupplier fact) {
            Instant limit = clock.instant().plus(rythme.limite());
            while (!fact.getAsBoolean()) {
                if (clock.instant().isAfter(limit)) {
                    return false;
                }
                pause(rythme.tour());
            }
            return true;
        }

        @Override
        protected void quiet() {
            pause(rythme.tour().multipliedBy(REGARDS));
        }

        private void pause(Duration time) {
            asked(() -> {
                Thread.sleep(time.toMillis());
                return null;
            });
        }

        @Override
        protected String nom(String flux, int rang) {
            return "%s_%s_%s_%s_%03d.csv"
                    .formatted(
                            flux,
                            compte.operateur(),
                            oi.code(),
                            HORODATE.format(ZonedDateTime.ofInstant(clock.instant(), Specimen.PARIS)),
                            ++files % 1000);
        }

        /** What no answer follows is waited for: a message is in its ticket, or kept aside. */
        @Override
        protected void drop(String qui, Fichier fichier) {
            asked(() -> {
                casier.drop(fichier.nom(), fichier.octets(), fichier.sujet());
                return null;
            });
            if (fichier.nom().startsWith("MSGSAV_")) {
                Ecart.unless(holds(() -> told(fichier.nom())), cas().id(), "le traitement de " + fichier.nom(), "rien");
            }
        }

        private boolean told(String fichier) {
            JsonNode messages = look(
                            "/api/v1/dossiers/" + ticket(key).path("id").asText(), Map.of())
                    .path("messages");
            return messages.findValuesAsText("fichier").contains(fichier);
        }

        @Override
        protected List<Fichier> back(String qui) {
            if (qui.equals("OC")) {
                asked(() -> {
                    take();
                    return null;
                });
            }
            return qui.equals("OC") ? came : List.of();
        }

        /** A newcomer may write by hand from the same mailbox: what answers them is theirs to read. */
        private void take() throws IOException {
            for (String name : casier.list()) {
                byte[] octets = casier.read(name);
                if (ours(octets)) {
                    came.add(new Fichier(name, octets));
                    casier.remove(name);
                }
            }
        }

        private boolean ours(byte[] octets) throws IOException {
            try {
                return dialecte.read(octets).stream()
                        .map(ligne -> ligne.get(ligne.feuille().flux().reference()))
                        .allMatch(reference -> reference.isEmpty() || reference.contains(serie));
            } catch (FichierIllisible e) {
                throw new IOException(e);
            }
        }

        @Override
        protected int tickets() {
            return look("/api/v1/dossiers", Map.of("operateur", compte.operateur(), "protocole", "sav", "max", "500"))
                    .path("dossiers")
                    .size();
        }

        @Override
        protected List<Map<String, String>> emitted() {
            List<ServiceSav.Recu> all = services.received(compte.operateur());
            return all.subList(heard, all.size()).stream()
                    .map(ServiceSav.Recu::champs)
                    .toList();
        }

        /** By the doors too: an order, and the SI's answer that gives it its access. */
        @Override
        protected void order(String nom) {
            Vie oc = specimen.open(compte.operateur(), Modele.OC, CasPto.A_CONSTRUIRE);
            Vie si = specimen.facing(oc);
            Map<String, String> commande = specimen.cmdAcces(oc);
            si.remember("Cmd_Acces", commande);
            asked(() -> {
                commandes.drop("commande" + serie + ".csv", acces.write("Cmd_Acces", List.of(commande)));
                return null;
            });
            Map<String, String> reponse = specimen.champs(
                    "CR_Cmd_Acces",
                    Issue.OK,
                    "",
                    si,
                    Map.of("ReferencePrestationPrise", nom, "ReferencePrise", "PTO-" + nom));
            boolean taken = holds(() -> decision(compte.operateur(), "CR_Cmd_Acces", reponse)
                    .path("verdict")
                    .asText()
                    .equals("OK"));
            Ecart.unless(taken, cas().id(), "la commande de " + nom, "rien");
        }

        @Override
        protected void other(Autour autour) {
            if (!autour.verbe().equals("version")) {
                super.other(autour);
                return;
            }
            otherVersion = !autour.quoi().equals(page.version());
            asked(() -> {
                fiches.serve(compte.operateur(), services.url(compte.operateur()));
                fiches.speak(compte.operateur(), autour.quoi());
                return null;
            });
        }

        @Override
        protected void seen(String liste, List<JsonNode> entries) {
            if (liste.equals("quarantaine")) {
                entries.forEach(entry -> aside.add(entry.path("id").asText()));
            }
        }

        @Override
        protected void agree(Map<String, Object> contrat) {
            throw unplayable("contrat");
        }

        @Override
        protected void offer(String creneau, boolean pris) {
            throw unplayable("créneau");
        }

        @Override
        protected boolean free(String creneau) {
            throw unplayable("créneau");
        }

        @Override
        protected void time(Instant instant) {
            throw unplayable("le");
        }

        private UnsupportedOperationException unplayable(String verbe) {
            return new UnsupportedOperationException(
                    cas().id() + " : « " + verbe + " » ne se joue pas en démonstration");
        }
    }
}
