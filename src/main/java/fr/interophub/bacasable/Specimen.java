package fr.interophub.bacasable;

import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Page;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes a message of any flux with every field it needs (spec Accès 1.2 §3), for one party of one dossier. References are
 * unique from one start to the next, since a reference already used would be refused.
 */
public final class Specimen {

    /** What the references of the bac à sable begin with: it leaves alone what is not its own. */
    static final String MARQUE = "BAC-";

    static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final DateTimeFormatter DATE_HEURE = DateTimeFormatter.ofPattern("yyyyMMdd HH:mm", Locale.ROOT);
    private static final Instant ORIGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final AtomicLong LAST_RUN = new AtomicLong();

    private final Clock clock;
    private final String oi;
    private final Page page;
    private final String run;
    private final AtomicInteger counter = new AtomicInteger();

    /**
     * @param oi our own code, which our references carry
     */
    public Specimen(Clock clock, String oi) {
        this(clock, oi, null);
    }

    /**
     * @param page where a flux that this class has never heard of is described
     */
    Specimen(Clock clock, String oi, Page page) {
        this.page = page;
        this.clock = clock;
        this.oi = oi;
        long seconds = Duration.between(ORIGIN, clock.instant()).toSeconds();
        this.run = Long.toString(LAST_RUN.accumulateAndGet(seconds, (last, now) -> Math.max(now, last + 1)), 36)
                .toUpperCase(Locale.ROOT);
    }

    /** The mark of this start, in every reference it makes. */
    public String run() {
        return run;
    }

    /** Opens a dossier as its OC sees it: a fresh reference, and nothing else yet. */
    public Vie open(String operateur, Modele modele, CasPto cas) {
        Vie vie = new Vie(operateur, modele, cas);
        vie.remember("", Map.of("ReferenceCommandePriseInterneOC", MARQUE + run + "-" + next()));
        return vie;
    }

    /** The same dossier as the other party sees it before anything is said. */
    public Vie facing(Vie oc) {
        return new Vie(oc.operateur(), oc.modele(), oc.cas());
    }

    /** The fields of a Cmd_Acces that every check accepts, for a dossier just opened. */
    public Map<String, String> cmdAcces(Vie vie) {
        return champs("Cmd_Acces", null, "", vie, Map.of());
    }

    /**
     * The fields of one message.
     *
     * @param flux its code
     * @param issue OK or KO if the flux carries a verdict, else {@code null}
     * @param motif the text of the KO motif; empty for the flux's usual one, where it needs one
     * @param vie what the party that speaks knows
     * @param voulus the fields the scénario imposes
     */
    public Map<String, String> champs(String flux, Issue issue, String motif, Vie vie, Map<String, String> voulus) {
        Map<String, String> c = new LinkedHashMap<>();
        boolean ko = issue == Issue.KO;
        switch (flux) {
            case "Cmd_Acces" -> order(c, vie);
            case "CR_Cmd_Acces" -> crCommande(c, vie, ko, motif, voulus);
            case "Cmd_STOC" -> {
                keys(c, vie);
                c.put("ReferenceCommandeSousTraitantOI", "STOC-" + run + "-" + next());
                c.put("ReferencePrise", vie.get("ReferencePrise"));
                c.put("DateCommandeSousTraitantOI", now());
            }
            case "CR_STOC" -> crStoc(c, vie, ko, motif, voulus);
            case "CR_MAD_LigneFTTH" -> crMad(c, vie, ko, motif, voulus);
            case "CR_MES_LigneFTTH" -> crMes(c, vie, voulus);
            case "Notif_Racc_KO" -> {
                keys(c, vie);
                c.put("ReferencePrise", vie.get("ReferencePrise"));
                c.put("DateRaccKO", now());
                c.put("MotifRaccKO", motif.isEmpty() ? "ECHEC PRODUCTION : ABSENCE DE CONTINUITE OPTIQUE" : motif);
                c.put("CommentaireRaccKO", "Mesuré à la PTO");
            }
            case "Notif_Reprov" -> reprov(c, vie, voulus);
            case "Annulation_Acces" -> {
                reference(c, vie);
                c.put("IdRdv", vie.get("IdRdv"));
                c.put("ReferencePrestationPrise", vie.get("ReferencePrestationPrise"));
                c.put("DateAnnulation", now());
                c.put("ResponsabiliteAnnulationCommandePrise", "CLIENT");
                c.put("Commentaire", "Le client renonce, demande " + next());
            }
            case "Mess_OC_Cmd_Acces", "Mess_OI_Cmd_Acces" -> {
                keys(c, vie);
                c.put("DateMessage", now());
                // Said again within the minute, it must not be taken for the same file dropped twice.
                c.put("Message", "Merci de nous dire où en est cette commande, message " + next());
            }
            case "Notif_Ecrasement" -> {
                keys(c, vie);
                c.put("ReferencePrise", vie.get("ReferencePrise"));
                c.put("OperateurEcrase", vie.operateur());
                c.put("DateEcrasement", now());
            }
            case "DemandeRdv" -> {
                c.put("ReferenceDemandeOC", MARQUE + run + "-R" + next());
                c.putAll(Adresse.of(number(vie)).champs(number(vie)));
                c.put("ReferencePm", pm(vie));
                slots(c);
            }
            case "Demande_Modif_RDV" -> {
                c.put("ReferenceDemandeOC", MARQUE + run + "-R" + next());
                c.put("IdRdv", vie.get("IdRdv"));
                c.put("ReferenceCommandePriseInterneOC", vie.knows("TypeRacco") ? vie.reference() : "");
                slots(c);
            }
            case "AnnulationRdv" -> {
                c.put("ReferenceDemandeOC", vie.get("ReferenceDemandeOC"));
                c.put("IdRdv", vie.get("IdRdv"));
                c.put("DateAnnulationRdv", now());
            }
            case "ReponseRdv" -> reponseRdv(c, vie, ko, motif);
            case "Gel_Degel" -> {
                reference(c, vie);
                c.put("IdRdv", vie.get("IdRdv"));
                c.put("TypeGel", "GEL");
                c.put("DateGel", now());
            }
            default -> asDescribed(c, flux, vie, ko, motif);
        }
        c.putAll(voulus);
        return c;
    }

    /** A flux added to the page: what the party knows of its fields, and what its line on the page names. */
    private void asDescribed(Map<String, String> c, String code, Vie vie, boolean ko, String motif) {
        if (page == null) {
            throw new IllegalArgumentException("aucun spécimen pour le flux " + code);
        }
        Flux flux = page.flux(code);
        page.feuille(code).champs().forEach(champ -> c.put(champ.nom(), vie.get(champ.nom())));
        flux.etat().ifPresent(etat -> verdict(c, etat, flux.motif().orElseThrow(), ko, motif));
        flux.date().ifPresent(date -> c.put(date, now()));
    }

    private void order(Map<String, String> c, Vie vie) {
        int n = number(vie);
        reference(c, vie);
        c.putAll(Adresse.of(n).champs(n));
        c.put("TypeRacco", vie.modele().name());
        if (vie.modele() == Modele.OI && vie.cas() == CasPto.A_CONSTRUIRE) {
            c.put("IdRdv", vie.knows("IdRdv") ? vie.get("IdRdv") : "RDV-" + run + "-" + n);
            c.put("DateInstall", day(7, 9));
        }
        c.put("ReferencePrestationPm", vie.operateur() + "-PM-" + pm(vie).substring("FI-".length()));
        c.put("ReferencePm", pm(vie));
        c.put("ReferencePrise", vie.cas() == CasPto.IDENTIFIEE ? pto(n) : "");
        c.put("PriseExistante", vie.cas() == CasPto.A_CONSTRUIRE ? "N" : "O");
        c.put("TypeCommandeDemande", n % 4 == 0 ? "LOCA" : "COFI");
        c.put("DateCommandePrise", now());
    }

    private void crCommande(Map<String, String> c, Vie vie, boolean ko, String motif, Map<String, String> voulus) {
        reference(c, vie);
        verdict(c, "EtatCrCommandePrise", "MotifKoCrCommandePrise", ko, motif);
        c.put("DateCrCommandePrise", now());
        c.put("ReferencePrestationPm", vie.get("ReferencePrestationPm"));
        c.put("ReferencePm", vie.get("ReferencePm"));
        if (ko) {
            return;
        }
        boolean hotline = vie.cas() == CasPto.NON_IDENTIFIEE || "HOTLINE".equals(voulus.get("ReferencePrise"));
        c.put(
                "ReferencePrise",
                hotline ? "HOTLINE" : vie.cas() == CasPto.IDENTIFIEE ? vie.get("ReferencePrise") : pto(number(vie)));
        c.put("ReferencePrestationPrise", oi + "-FTTH-" + run + "-" + next());
        c.put("ReferencePmTechnique", vie.get("ReferencePm"));
        c.put("TypeCommandeRetenu", vie.get("TypeCommandeDemande").equals("LOCA") ? "LOCA" : "COFI");
        c.putAll(hotline ? hotline(vie) : route(vie, vie.nextRoute()));
    }

    private void crStoc(Map<String, String> c, Vie vie, boolean ko, String motif, Map<String, String> voulus) {
        keys(c, vie);
        c.put("ReferenceCommandeSousTraitantOI", vie.get("ReferenceCommandeSousTraitantOI"));
        verdict(c, "CrRaccordementPrise", "MotifKoCrRaccordementPrise", ko, motif);
        c.put("ReferencePrise", vie.get("ReferencePrise"));
        String posee = voulus.getOrDefault("PrisePosee", ko ? "NON" : "OUI");
        c.put("PrisePosee", posee);
        c.put("DateRaccordementPrise", posee.equals("OUI") ? now() : "");
        c.put("BilanOptique", ko ? "" : "PM-PTO 2,4 dB");
        c.put("NotificationReprovisioningHL", vie.knows("NumeroDecharge") ? "OUI" : "NON");
        c.put("NumeroDecharge", vie.get("NumeroDecharge"));
    }

    private void crMad(Map<String, String> c, Vie vie, boolean ko, String motif, Map<String, String> voulus) {
        keys(c, vie);
        verdict(c, "EtatCrMadLigneFtth", "MotifKoCrMadLigneFtth", ko, motif);
        c.put("ReferencePrise", vie.get("ReferencePrise"));
        c.put("DateCrMadLigneFtth", now());
        if (vie.modele() == Modele.OI) {
            String posee = voulus.getOrDefault("PrisePosee", !ko && vie.cas() == CasPto.A_CONSTRUIRE ? "OUI" : "NON");
            c.put("PrisePosee", posee);
            c.put("DateRaccordementPrise", posee.equals("OUI") ? now() : "");
        }
    }

    private void crMes(Map<String, String> c, Vie vie, Map<String, String> voulus) {
        keys(c, vie);
        c.put("ReferencePrise", vie.get("ReferencePrise"));
        c.put("DateMesLigneFtth", now());
        if (vie.modele() == Modele.OC) {
            String posee = voulus.getOrDefault("PrisePosee", vie.cas() == CasPto.A_CONSTRUIRE ? "OUI" : "NON");
            c.put("PrisePosee", posee);
            c.put("DateRaccordementPrise", posee.equals("OUI") ? now() : "");
        }
    }

    /** A route is always sent in full; only a hot call, or the end of HOTLINE, must change it. */
    private void reprov(Map<String, String> c, Vie vie, Map<String, String> voulus) {
        boolean hotline = vie.get("ReferencePrise").equals("HOTLINE");
        String type = voulus.getOrDefault("TypeReprov", vie.modele() == Modele.OI ? "FROID" : "CHAUD");
        boolean chaud = type.equalsIgnoreCase("CHAUD");
        keys(c, vie);
        c.put("ReferencePrise", hotline ? pto(number(vie)) : vie.get("ReferencePrise"));
        c.put("DateReprov", now());
        c.put("TypeReprov", type);
        c.put("NumeroDecharge", chaud ? "DCH-" + run + "-" + next() : "");
        c.put("ReferencePm", vie.get("ReferencePm"));
        c.put("ReferencePmTechnique", vie.get("ReferencePm"));
        c.putAll(route(vie, hotline || chaud ? vie.nextRoute() : vie.route()));
    }

    private void reponseRdv(Map<String, String> c, Vie vie, boolean ko, String motif) {
        c.put("ReferenceDemandeOC", vie.get("ReferenceDemandeOC"));
        c.put("IdRdv", ko ? "" : vie.knows("IdRdv") ? vie.get("IdRdv") : "RDV-" + run + "-" + next());
        c.put("ValidDate1", ko ? "KO" : "OK");
        for (int slot = 2; slot <= 3; slot++) {
            c.put("ValidDate" + slot, vie.knows("DateRdv" + slot) ? "KO" : "");
        }
        c.put("MotifReponseRdvKo", !ko ? "" : motif.isEmpty() ? "FRDV02" : motif);
        c.put("DateReponseRdv", now());
    }

    private static void verdict(Map<String, String> c, String etat, String champ, boolean ko, String motif) {
        c.put(etat, ko ? "KO" : "OK");
        c.put(champ, !ko ? "" : motif.isEmpty() ? "AUTRE MOTIF : COMMENTAIRES LIBRES" : motif);
    }

    /** A mono-fibre route: only block 1 is filled, with the ordering OC's code. */
    private static Map<String, String> route(Vie vie, int number) {
        int n = number(vie);
        Map<String, String> c = new LinkedHashMap<>();
        c.put("OC 1", vie.operateur());
        c.put("NomModulePm N°1", "MOD-CLI-%02d".formatted(1 + n % 24));
        c.put("PositionModulePm N°1", "Panneau Module Client#%d/Connecteur %03d".formatted(1 + n % 24, number));
        c.put("ReferenceCableModulePm N°1", "CAB-%04d".formatted(n % 10_000));
        c.put("InformationTubeModulePm N°1", "Tube %d".formatted(1 + n % 12));
        c.put("InformationFibreModulePm N°1", "Fibre %d".formatted(number));
        c.put("ReferencePBO N°1", "PBO-%05d".formatted(n % 100_000));
        c.put("LocalisationPBO N°1", "Palier, gaine technique");
        c.put("ReferenceCablePBO N°1", "CAB-%04d".formatted(n % 10_000));
        c.put("InformationTubePBO N°1", "Rouge");
        c.put("InformationFibrePBO N°1", "Bleu-%d".formatted(number));
        c.put("ConnecteurPriseNumero N°1", String.valueOf(number));
        c.put("ConnecteurPriseCouleur N°1", "Bleu");
        return c;
    }

    /** No real route: values nobody can mistake for real ones (spec §3.3). */
    private static Map<String, String> hotline(Vie vie) {
        Map<String, String> c = new LinkedHashMap<>();
        c.put("OC 1", vie.operateur());
        c.put("NomModulePm N°1", "HOTLINE");
        c.put("PositionModulePm N°1", "HOTLINE");
        c.put("ReferencePBO N°1", "HOTLINE");
        c.put("InformationTubePBO N°1", "HOTLINE");
        c.put("InformationFibrePBO N°1", "HOTLINE");
        c.put("ConnecteurPriseNumero N°1", "0");
        return c;
    }

    private static void reference(Map<String, String> c, Vie vie) {
        c.put("ReferenceCommandePriseInterneOC", vie.reference());
    }

    private static void keys(Map<String, String> c, Vie vie) {
        reference(c, vie);
        c.put("ReferencePrestationPrise", vie.get("ReferencePrestationPrise"));
    }

    private void slots(Map<String, String> c) {
        c.put("DateRdv1", day(8, 9));
        c.put("DateRdv2", day(9, 14));
    }

    private static String pm(Vie vie) {
        int n = number(vie);
        return "FI-%s-%04d".formatted(Adresse.of(n).codeInsee(), 100 + n % 50);
    }

    /** A socket of its own for each dossier: two orders on one socket would be an overload or an écrasement. */
    private String pto(int n) {
        String unique = Long.toString(Long.parseLong(run, 36) * 2000 + n, 36).toUpperCase(Locale.ROOT);
        String eight = "0".repeat(Math.max(0, 8 - unique.length())) + unique;
        return "OI-" + eight.substring(0, 4) + "-" + eight.substring(4);
    }

    /** A number of its own for each dossier; for an order of another hand, one that its reference gives. */
    private static int number(Vie vie) {
        String reference = vie.reference();
        if (!reference.startsWith(MARQUE)) {
            return Math.floorMod(reference.hashCode(), 2000);
        }
        return Integer.parseInt(reference.substring(reference.lastIndexOf('-') + 1));
    }

    private String next() {
        return "%04d".formatted(counter.incrementAndGet());
    }

    String now() {
        return LocalDateTime.ofInstant(clock.instant(), PARIS).format(DATE_HEURE);
    }

    /** The same moment as REST writes it. */
    static String iso(String dateHeure) {
        return LocalDateTime.parse(dateHeure, DATE_HEURE)
                .atZone(PARIS)
                .toOffsetDateTime()
                .toString();
    }

    private String day(int later, int hour) {
        return LocalDateTime.ofInstant(clock.instant(), PARIS)
                .plusDays(later)
                .withHour(hour)
                .withMinute(0)
                .format(DATE_HEURE);
    }
}
