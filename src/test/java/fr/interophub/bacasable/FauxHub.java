package fr.interophub.bacasable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Page;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/**
 * The three doors of a hub and just enough behind them to answer: it proves that the bac à sable knocks as it should, not
 * that a hub is right. It works at each request, so it needs no thread of its own.
 */
final class FauxHub implements AutoCloseable {

    private static final class Dossier {
        String etat = "RECUE";
        String modele;
        boolean livre;
    }

    private final Page page;
    private final Dialecte dialecte;
    private final Path root;
    private final SshServer sftp;
    private final HttpServer http;
    private final Map<String, Dossier> dossiers = new HashMap<>();
    private final Map<String, String> orderOfRdv = new HashMap<>();
    private final Map<String, JsonNode> decisions = new LinkedHashMap<>();
    private final Map<String, ObjectNode> verdicts = new HashMap<>();
    private final ArrayNode demandes = Rest.JSON.createArrayNode();
    private final ArrayNode quarantaine = Rest.JSON.createArrayNode();
    final List<String> files = new ArrayList<>();
    /** Every request for décisions is answered, then its answer is lost, that many times. */
    int answersLost;

    private int sequence;

    FauxHub(Path root, Page page) throws IOException {
        this.page = page;
        this.root = root;
        dialecte = new Dialecte(page);
        sftp = SshServer.setUpDefaultServer();
        sftp.setHost("127.0.0.1");
        sftp.setKeyPairProvider(new SimpleGeneratorHostKeyProvider(root.resolve("hostkey")));
        sftp.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        sftp.setPasswordAuthenticator((user, password, session) -> password.equals("demo-" + user));
        VirtualFileSystemFactory homes = new VirtualFileSystemFactory(root);
        for (String user : List.of("ocxa", "ocxb")) {
            Files.createDirectories(root.resolve(user).resolve("entrant"));
            Files.createDirectories(root.resolve(user).resolve("sortant"));
            homes.setUserHomeDir(user, root.resolve(user));
        }
        sftp.setFileSystemFactory(homes);
        sftp.start();
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/api/v1/", this::answer);
        http.start();
    }

    Portes portes() {
        return new Portes(
                "127.0.0.1",
                sftp.getPort(),
                null,
                URI.create("http://127.0.0.1:" + http.getAddress().getPort()),
                "OIDE",
                "demo-si",
                "demo-oi",
                List.of(
                        new Portes.Compte("OCXA", "ocxa", "demo-ocxa"),
                        new Portes.Compte("OCXB", "ocxb", "demo-ocxb")));
    }

    synchronized int dossiers() {
        return dossiers.size();
    }

    synchronized Set<String> etats() {
        return dossiers.values().stream().map(d -> d.etat).collect(Collectors.toSet());
    }

    Path home(String user) {
        return root.resolve(user);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        Map<String, String> query = new HashMap<>();
        if (exchange.getRequestURI().getRawQuery() != null) {
            for (String pair : exchange.getRequestURI().getRawQuery().split("&")) {
                query.put(
                        pair.substring(0, pair.indexOf('=')),
                        URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8));
            }
        }
        JsonNode body;
        try {
            work("ocxa");
            work("ocxb");
            body = switch (exchange.getRequestURI().getPath()) {
                case "/api/v1/si/demandes" -> demandes(query);
                case "/api/v1/si/decisions" -> decide(Rest.JSON.readTree(exchange.getRequestBody()));
                case "/api/v1/dossiers" -> dossiers(query);
                case "/api/v1/quarantaine" -> Rest.JSON.createObjectNode().set("quarantaine", quarantaine);
                default -> fiche(exchange.getRequestURI().getPath());
            };
        } catch (Exception e) {
            e.printStackTrace();
            body = null;
        }
        boolean lost = exchange.getRequestURI().getPath().endsWith("decisions") && answersLost-- > 0;
        byte[] bytes = Rest.JSON.writeValueAsBytes(body);
        exchange.sendResponseHeaders(body == null || lost ? 500 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void work(String user) throws Exception {
        String operateur = user.toUpperCase(java.util.Locale.ROOT);
        List<Path> waiting;
        try (Stream<Path> found = Files.list(home(user).resolve("entrant"))) {
            waiting = found.filter(f -> f.toString().endsWith(".csv")).sorted().toList();
        }
        for (Path file : waiting) {
            files.add(file.getFileName().toString());
            List<Ligne> lines = dialecte.read(Files.readAllBytes(file));
            Files.delete(file);
            for (Ligne line : lines) {
                hear(operateur, file.getFileName().toString(), line);
            }
        }
    }

    private void hear(String operateur, String file, Ligne line) throws IOException {
        String flux = line.feuille().flux().code();
        String reference = line.champs().getOrDefault("ReferenceCommandePriseInterneOC", "");
        Dossier dossier = dossiers.computeIfAbsent(operateur + reference, any -> new Dossier());
        Map<String, String> answer = new LinkedHashMap<>(Map.of("ReferenceCommandePriseInterneOC", reference));
        if (flux.equals("Cmd_Acces")) {
            dossier.modele = line.get("TypeRacco");
            Optional<String> ko = page.feuille(flux).check(line).stream()
                    .filter(Anomalie::bloquante)
                    .findFirst()
                    .flatMap(Anomalie::motif);
            dossier.etat = ko.isPresent() ? "REJETEE_AR" : "ACQUITTEE";
            answer.put("EtatArCommandePrise", ko.isPresent() ? "KO" : "OK");
            answer.put("MotifKoArCommandePrise", ko.map(dialecte::motif).orElse(""));
            answer.put("DateArCommandePrise", "20260131 12:00");
            emit(operateur, "AR_Cmd_Acces", answer);
            if (ko.isPresent()) {
                return;
            }
        } else if (flux.equals("CR_MES_LigneFTTH") && dossier.etat.equals("ACQUITTEE")) {
            quarantaine
                    .addObject()
                    .put("fichier", file)
                    .put("ligne", line.numero())
                    .put("motif", "HORS_SEQUENCE");
            return;
        } else if (flux.equals("Annulation_Acces")) {
            dossier.etat = dossier.livre ? "RESILIEE" : "ANNULEE";
            answer.put("EtatCrAnnResCommandePrise", "OK");
            answer.put("TypeOperation", dossier.livre ? "RESIL" : "ANNUL");
            answer.put("DateCrCommandeAnnulPrise", "20260131 12:00");
            emit(operateur, "CR_Annulation_Acces", answer);
        } else {
            if (line.champs().containsKey("ReferenceDemandeOC")) {
                orderOfRdv.put(line.get("ReferenceDemandeOC"), reference);
            }
            dossier.etat = after(dossier.etat, flux, line.issue(), "OC", line.champs());
        }
        ObjectNode demande = demandes.addObject();
        demande.put("id", "D" + demandes.size()).put("operateur", operateur).put("flux", flux);
        line.champs().forEach(demande.putObject("champs")::put);
    }

    private JsonNode decide(JsonNode asked) throws IOException {
        ArrayNode out = Rest.JSON.createArrayNode();
        for (JsonNode decision : asked) {
            String id = decision.get("id").asText();
            if (decisions.containsKey(id)) {
                out.add(
                        decisions.get(id).equals(decision)
                                ? verdicts.get(id)
                                : Rest.JSON
                                        .createObjectNode()
                                        .put("verdict", "KO")
                                        .put("motif", "ID_REUTILISE"));
                continue;
            }
            ObjectNode verdict = judge(decision).put("id", id);
            decisions.put(id, decision);
            verdicts.put(id, verdict);
            out.add(verdict);
        }
        return out;
    }

    private ObjectNode judge(JsonNode decision) throws IOException {
        String flux = decision.get("flux").asText();
        String operateur = decision.get("operateur").asText();
        Map<String, String> champs = new LinkedHashMap<>();
        decision.get("champs")
                .fields()
                .forEachRemaining(e -> champs.put(e.getKey(), e.getValue().asText()));
        String reference = champs.getOrDefault(
                "ReferenceCommandePriseInterneOC", orderOfRdv.get(champs.get("ReferenceDemandeOC")));
        Dossier dossier = dossiers.get(operateur + reference);
        Ligne line = page.feuille(flux).ligne(0, champs);
        boolean mad = flux.equals("CR_MAD_LigneFTTH");
        if ("OC".equals(dossier.modele) && (mad || flux.equals("Cmd_STOC"))
                || mad && dossier.etat.equals("ROUTE_HOTLINE") && line.issue() == Issue.OK) {
            return Rest.JSON.createObjectNode().put("verdict", "KO").put("motif", "HORS_SEQUENCE");
        }
        dossier.livre |= mad && line.issue() == Issue.OK;
        dossier.etat = after(dossier.etat, flux, line.issue(), "OI", champs);
        emit(operateur, flux, champs);
        return Rest.JSON.createObjectNode().put("verdict", "OK").put("etat", dossier.etat);
    }

    private static String after(String etat, String flux, Issue issue, String role, Map<String, String> champs) {
        boolean ok = issue == Issue.OK;
        return switch (flux) {
            case "CR_Cmd_Acces" ->
                !ok ? "REJETEE_CR" : "HOTLINE".equals(champs.get("ReferencePrise")) ? "ROUTE_HOTLINE" : "ROUTE_FOURNIE";
            case "Cmd_STOC" -> "STOC_COMMANDEE";
            case "CR_STOC" -> ok ? "STOC_REALISEE" : "STOC_EN_ECHEC";
            case "CR_MAD_LigneFTTH" -> ok ? "MISE_A_DISPOSITION" : "REJETEE_MAD";
            case "Notif_Racc_KO" ->
                role.equals("OC") ? "RACCORDEMENT_KO" : etat.startsWith("ROUTE_") ? "RDV_A_REPRENDRE" : etat;
            case "Notif_Reprov" -> "REPROVISIONNEE";
            case "CR_MES_LigneFTTH" -> "EN_SERVICE";
            case "ReponseRdv" -> etat.equals("RDV_A_REPRENDRE") ? "ROUTE_FOURNIE" : etat;
            default -> etat;
        };
    }

    private static JsonNode fiche(String path) {
        String code = path.substring(path.lastIndexOf('/') + 1);
        return path.startsWith("/api/v1/operateurs/")
                ? Rest.JSON.createObjectNode().put("nom", "Opérateur " + code).put("siren", "SIREN-" + code)
                : null;
    }

    private void emit(String operateur, String flux, Map<String, String> champs) throws IOException {
        String name = "OIDE_%s_%s_ACCES_V12_20260131_%04d.csv".formatted(operateur, flux, ++sequence);
        Path out = home(operateur.toLowerCase(java.util.Locale.ROOT)).resolve("sortant");
        Files.write(out.resolve(name + ".tmp"), dialecte.write(flux, List.of(champs)));
        Files.move(out.resolve(name + ".tmp"), out.resolve(name));
    }

    private JsonNode demandes(Map<String, String> query) {
        int from = Integer.parseInt(query.getOrDefault("apres", "0"));
        int to = Math.min(demandes.size(), from + Integer.parseInt(query.get("max")));
        ObjectNode out = Rest.JSON.createObjectNode();
        ArrayNode some = out.putArray("demandes");
        for (int i = from; i < to; i++) {
            some.add(demandes.get(i));
        }
        return out.put("curseur", String.valueOf(to));
    }

    private JsonNode dossiers(Map<String, String> query) {
        ObjectNode out = Rest.JSON.createObjectNode();
        ArrayNode some = out.putArray("dossiers");
        Dossier found = dossiers.get(query.get("operateur") + query.get("reference"));
        if (found != null) {
            some.addObject().put("objet", "commande").put("etat", found.etat);
        }
        return out;
    }

    @Override
    public void close() throws IOException {
        http.stop(0);
        sftp.stop(true);
    }
}
