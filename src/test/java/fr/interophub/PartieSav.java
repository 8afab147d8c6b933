package fr.interophub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import fr.interophub.bacasable.PosteSav;
import fr.interophub.bacasable.ServiceSav;
import fr.interophub.crash.HubApi;
import fr.interophub.echange.Registre;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Operateur;
import fr.interophub.sav.Cas;
import fr.interophub.sav.Cas.Autour;
import fr.interophub.sav.CreneauxDuPlan;
import fr.interophub.sav.JeuParFichiers;
import fr.interophub.sav.SavDEssai;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.springframework.jdbc.core.JdbcTemplate;

/** One case through the doors, by one OC or two that are nobody else's. */
final class PartieSav extends JeuParFichiers {

    private static final Instant DEBUT = Instant.parse("2026-11-20T10:00:00Z");
    private static final int ENSEMBLE = 6;

    /** All of them live at once in one hub, each with OCs of its own; the clock waits for those that are not there yet. */
    static Stream<DynamicTest> play(String base, List<Cas> cases, PorteDOc porte, String... properties)
            throws Exception {
        HorlogeDEssai clock = new HorlogeDEssai(DEBUT.toString());
        ExecutorService threads = Executors.newFixedThreadPool(ENSEMBLE);
        try (ServiceSav services = ServiceSav.open(SavDEssai.CATALOGUE);
                HubEnMarche hub = HubEnMarche.start(base, clock, settings(properties))) {
            List<PartieSav> parties = new ArrayList<>();
            for (Cas cas : cases) {
                parties.add(new PartieSav(cas, parties.size(), hub, services, clock, porte));
            }
            List<PartieSav> playing = parties;
            while (!playing.isEmpty()) {
                List<Callable<Void>> turns = new ArrayList<>();
                playing.forEach(partie -> turns.add(() -> partie.playOn()));
                for (Future<Void> turn : threads.invokeAll(turns)) {
                    turn.get();
                }
                playing = parties.stream()
                        .filter(partie -> partie.awaited() != null)
                        .toList();
                playing.stream()
                        .map(PartieSav::awaited)
                        .min(Comparator.naturalOrder())
                        .ifPresent(next -> clock.advance(Duration.between(clock.instant(), next)));
            }
            JdbcTemplate jdbc = hub.context().getBean(JdbcTemplate.class);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> jdbc.queryForObject("select count(*) from notification_a_emettre", Long.class) == 0);
            parties.forEach(PartieSav::end);
            List<DynamicTest> tests = new ArrayList<>();
            parties.forEach(
                    partie -> tests.add(DynamicTest.dynamicTest(partie.cas().id(), partie::tell)));
            List<String> fautes = List.copyOf(services.faults());
            tests.add(DynamicTest.dynamicTest(
                    "les OC ne reçoivent que ce que le protocole permet à l'OI de dire",
                    () -> assertThat(fautes).isEmpty()));
            return tests.stream();
        } finally {
            threads.shutdownNow();
        }
    }

    private static String[] settings(String... properties) {
        return Stream.concat(Stream.of("--hub.sav.delai=5s"), Stream.of(properties))
                .toArray(String[]::new);
    }

    private final HubEnMarche hub;
    private final ServiceSav services;
    private final HorlogeDEssai clock;
    /** Null where the OCs speak by web services alone. */
    private final PorteDOc porte;

    private final HubApi si;
    private final HubApi oi;
    private final JdbcTemplate jdbc;
    private final Map<String, String> codes;
    private final Map<String, String> sirens;
    private Map<String, Object> contrat = Map.of();
    private String conduite = "0";
    private String version;
    private boolean repeated;
    private int dropped;
    private int decisions;
    private int next;
    private Throwable failure;

    private PartieSav(Cas cas, int rang, HubEnMarche hub, ServiceSav services, HorlogeDEssai clock, PorteDOc porte) {
        super(cas);
        this.hub = hub;
        this.services = services;
        this.clock = clock;
        this.porte = porte;
        this.version = porte == null ? "2.1" : PAGE.version();
        this.si = new HubApi(hub.url(), "demo-si");
        this.oi = new HubApi(hub.url(), "demo-oi");
        this.jdbc = hub.context().getBean(JdbcTemplate.class);
        this.codes = Stream.of("OC", "OC2")
                .filter(qui -> qui.equals("OC") || two(cas))
                .collect(Collectors.toMap(qui -> qui, qui -> (qui.equals("OC") ? "A%03d" : "B%03d").formatted(rang)));
        this.sirens = Map.of("OC", "94%07d".formatted(rang), "OC2", "95%07d".formatted(rang));
        agree(Map.of());
        access("A1", Map.of());
    }

    /** Does another OC have a part in it? */
    private static boolean two(Cas cas) {
        return cas.lignes().stream()
                .anyMatch(ligne -> ligne instanceof Cas.Parole parole
                                && parole.qui().endsWith("2")
                        || ligne instanceof Autour autour && autour.valeurs().containsKey("operateur"));
    }

    /** Plays as far as the clock allows. */
    private Void playOn() {
        try {
            while (next < cas().lignes().size() && awaited() == null) {
                play(cas().lignes().get(next++));
            }
        } catch (Exception | AssertionError e) {
            failure = e;
        }
        return null;
    }

    /** The moment that it waits for; null when it waits for none, or is over. */
    private Instant awaited() {
        if (failure == null
                && next < cas().lignes().size()
                && cas().lignes().get(next) instanceof Autour autour
                && autour.verbe().equals("le")) {
            Instant moment = OffsetDateTime.parse(autour.quoi()).toInstant();
            return moment.isAfter(clock.instant()) ? moment : null;
        }
        return null;
    }

    private void end() {
        if (failure == null) {
            try {
                if (porte == null) {
                    everythingArrived();
                } else {
                    everyLineWasExpected();
                }
            } catch (AssertionError e) {
                failure = e;
            }
        }
    }

    private void tell() throws Throwable {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    protected String siren(String qui) {
        return sirens.get(qui);
    }

    private PosteSav poste(String qui) {
        return new PosteSav(
                hub.url(),
                contrat.getOrDefault("profil", "2.1").toString(),
                codes.get(qui).toLowerCase(),
                "demo-ocxa");
    }

    @Override
    protected Entendu call(String qui, boolean create, String action, Map<String, String> champs) {
        Map<String, String> all = new LinkedHashMap<>(champs);
        if (action != null) {
            all.put("description", action);
        }
        PosteSav.Reponse said =
                asked(() -> create ? poste(qui).create(all) : poste(qui).set(all));
        return new Entendu(said.code(), said.libelle(), said.cle());
    }

    @Override
    protected Lu read(String qui, Map<String, String> criteres, List<String> attrNames) {
        PosteSav.Reponse said = asked(() -> poste(qui).read(criteres, attrNames));
        return new Lu(said.code(), said.libelle(), said.champs());
    }

    @Override
    protected Entendu decide(String qui, String action, Map<String, String> champs) {
        ArrayNode one = HubApi.JSON.createArrayNode();
        one.addObject()
                .put("id", "%s-%d".formatted(cas().id(), ++decisions))
                .put("operateur", codes.get(qui))
                .put("flux", action)
                .set("champs", HubApi.JSON.valueToTree(champs));
        JsonNode verdict = said(() -> si.post("/api/v1/si/decisions", one)).get(0);
        String detail = verdict.path("detail").asText();
        if (verdict.get("verdict").asText().equals("OK")) {
            return new Entendu(0, detail, detail.replace("ticket ", ""));
        }
        String[] code = detail.split(" ", 2);
        return new Entendu(Integer.parseInt(code[0]), code[1], null);
    }

    @Override
    protected Etats states(String key) {
        JsonNode ticket = said(() -> oi.get("/api/v1/dossiers?reference=" + key))
                .get("dossiers")
                .get(0);
        return new Etats(ticket.get("etat").asText(), ticket.path("resolution").asText(""));
    }

    @Override
    protected int tickets() {
        return jdbc.queryForObject(
                "select count(*) from dossier where objet = 'ticket' and operateur in (?, ?)",
                Integer.class,
                codes.get("OC"),
                codes.getOrDefault("OC2", ""));
    }

    /** What the OCs were told; the same envelope again counts once where the OC had left the first unanswered. */
    @Override
    protected List<Map<String, String>> emitted() {
        Awaitility.await(cas().id())
                .atMost(Duration.ofSeconds(30))
                .until(() -> porte == null ? received().size() >= due() : none("notification_a_emettre", "OC"));
        return received().stream().map(ServiceSav.Recu::champs).toList();
    }

    private List<ServiceSav.Recu> received() {
        Stream<ServiceSav.Recu> all = codes.values().stream().flatMap(code -> services.received(code).stream());
        return (repeated ? all.distinct() : all).toList();
    }

    @Override
    protected void access(String nom, Map<String, String> valeurs) {
        said(() -> oi.put(
                "/api/v1/parc/" + nom,
                HubApi.JSON
                        .createObjectNode()
                        .put("operateur", codes.get(operateur(valeurs)))
                        .put("ReferencePrise", valeurs.getOrDefault("prise", "PTO-" + nom))
                        .put("dateMes", "2026-01-31T12:00:00+01:00")
                        .put("gtr", valeurs.get("gtr"))
                        .put("etat", valeurs.getOrDefault("etat", "EN_SERVICE"))));
    }

    @Override
    protected void order(String nom) {
        hub.context().getBean(Transactions.class).run(() -> {
            hub.context().getBean(Registre.class).write(SavDEssai.ordered(codes.get("OC"), nom, clock.instant()));
            return null;
        });
    }

    /** The sheets of both OCs, with the account that the demo gives. */
    @Override
    protected void agree(Map<String, Object> contrat) {
        this.contrat = contrat;
        Annuaire annuaire = hub.context().getBean(Annuaire.class);
        String motDePasse = annuaire.find("OCXA").orElseThrow().soap().motDePasse();
        codes.forEach((qui, code) -> {
            Map<String, Object> sav = new HashMap<>(contrat);
            sav.put("url", services.url(code).toString());
            Operateur fiche = new Operateur(
                    code,
                    "OC " + cas().id(),
                    sirens.get(qui),
                    true,
                    Map.of("acces", "1.2", "sav", version),
                    null,
                    null,
                    Contrat.of(Map.of("sav", sav)),
                    new Operateur.Soap(code.toLowerCase(), motDePasse, List.of()));
            annuaire.save(porte == null ? fiche : porte.ouvre(fiche, sav));
        });
    }

    /** Each case has a zone of its own, in which a slot takes one appointment, or none where it is taken. */
    @Override
    protected void offer(String creneau, boolean pris) {
        int dash = creneau.lastIndexOf('-');
        Instant debut = debut(creneau);
        ArrayNode one = HubApi.JSON.createArrayNode();
        one.addObject()
                .put("zone", creneau.substring(0, dash))
                .put("debut", debut.toString())
                .put("fin", debut.plus(Duration.ofHours(1)).toString())
                .put("capacite", pris ? 0 : 1);
        assertThat(said(() -> si.post("/api/v1/si/plan-de-charge", one))
                        .get(0)
                        .get("verdict")
                        .asText())
                .isEqualTo("OK");
    }

    @Override
    protected boolean free(String creneau) {
        return jdbc.queryForObject(
                        "select reserves from creneau where zone = ? and debut = ?",
                        Integer.class,
                        creneau.substring(0, creneau.lastIndexOf('-')),
                        debut(creneau).atOffset(ZoneOffset.UTC))
                == 0;
    }

    /** C1, C2… stand one hour after the other; what is no slot of the plan is quoted as it is. */
    @Override
    protected String slot(String creneau) {
        return creneau.matches("C[0-9]+")
                ? CreneauxDuPlan.reference(
                        cas().id().replace("-", ""),
                        Instant.parse("2026-11-24T07:00:00Z").plus(Duration.ofHours(creneau.charAt(1) - '0')))
                : creneau;
    }

    private static Instant debut(String creneau) {
        String text = creneau.substring(creneau.lastIndexOf('-') + 1);
        return Instant.parse("%s-%s-%sT%s:%s:00Z"
                .formatted(
                        text.substring(0, 4),
                        text.substring(4, 6),
                        text.substring(6, 8),
                        text.substring(9, 11),
                        text.substring(11, 13)));
    }

    @Override
    protected void time(Instant instant) {
        assertThat(clock.instant()).isAfterOrEqualTo(instant);
    }

    @Override
    protected void other(Autour autour) {
        switch (autour.verbe()) {
            case "répond" -> answer(autour.quoi());
            case "version" -> {
                version = autour.quoi();
                agree(contrat);
            }
            case "alerte" ->
                assertThat(jdbc.queryForList(
                                "select genre from alerte where operateur = ?", String.class, codes.get("OC")))
                        .contains(autour.quoi());
            case "quarantaine" ->
                assertThat(jdbc.queryForList(
                                "select motif from quarantaine where operateur = ? order by id",
                                String.class,
                                codes.get("OC")))
                        .endsWith(autour.quoi());
            default -> throw new IllegalArgumentException(autour.toString());
        }
    }

    private void answer(String next) {
        if (conduite.equals("tard") || conduite.equals("rien")) {
            repeated = true;
            Awaitility.await(cas().id() + " : the hub has given up")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> jdbc.queryForObject(
                                    "select count(*) from message where operateur = ? and acheminement ="
                                            + " 'A_VERIFIER'",
                                    Integer.class,
                                    codes.get("OC"))
                            > 0);
        }
        conduite = next;
        services.behave(codes.get("OC"), new ServiceSav.Conduite(conduite));
    }

    @Override
    protected void drop(String qui, Fichier fichier) {
        porte.depose(codes.get(qui), fichier);
        dropped++;
        Awaitility.await(cas().id() + " : the file was treated")
                .atMost(Duration.ofSeconds(30))
                .until(() -> jdbc.queryForObject(
                                // A mail is kept beside its file.
                                "select count(*) from journal where operateur in (?, ?) and sens = 'entrant' and canal <>"
                                        + " 'SOAP' and coalesce(flux, '') <> 'COURRIEL' and (termine_le is not null or"
                                        + " doublon_de is not null or acheminement = 'EN_QUARANTAINE')",
                                Integer.class,
                                codes.get("OC"),
                                codes.getOrDefault("OC2", ""))
                        == dropped);
    }

    /** In the order of the journal, which is the one in which they were made. */
    @Override
    protected List<Fichier> back(String qui) {
        if (!codes.containsKey(qui)) {
            return List.of();
        }
        Awaitility.await(cas().id() + " : everything has left")
                .atMost(Duration.ofSeconds(30))
                .until(() -> none("ligne_a_emettre", qui) && none("a_emettre", qui));
        Map<String, Fichier> found = new HashMap<>();
        porte.releve(codes.get(qui)).forEach(fichier -> found.put(fichier.nom(), fichier));
        List<String> names = jdbc.queryForList(
                "select fichier from journal where operateur = ? and sens = 'sortant' and canal <> 'SOAP' order by id",
                String.class,
                codes.get(qui));
        assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(found.values())
                .allMatch(fichier ->
                        new String(fichier.octets(), StandardCharsets.ISO_8859_1).matches("(?s)([^\r\n]+\r\n){2,}"));
        return names.stream().map(found::get).toList();
    }

    private boolean none(String table, String qui) {
        return jdbc.queryForObject(
                        "select count(*) from " + table + " where operateur = ?", Integer.class, codes.get(qui))
                == 0;
    }

    private interface Asked<T> {
        T ask() throws IOException, InterruptedException;
    }

    private static <T> T asked(Asked<T> call) {
        try {
            return call.ask();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode said(Asked<HubApi.Reply> call) {
        HubApi.Reply reply = asked(call);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }
}
