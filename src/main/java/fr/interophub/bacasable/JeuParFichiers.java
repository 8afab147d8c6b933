package fr.interophub.bacasable;

import fr.interophub.bacasable.CasSav.Depot;
import fr.interophub.bacasable.CasSav.Retour;
import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Champ;
import fr.interophub.catalogue.CsvFile;
import fr.interophub.catalogue.FichierIllisible;
import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A case of SAV 1.0a being played: the OC drops files and reads those that come back, whatever carries them. */
public abstract class JeuParFichiers extends JeuDeCas {

    /**
     * A file on its way.
     *
     * @param nom its name
     * @param sujet the subject of the mail that carries it, where a mail does
     */
    public record Fichier(String nom, byte[] octets, String sujet) {

        /** One whose mail says its name, as the protocol wants. */
        public Fichier(String nom, byte[] octets) {
            this(nom, octets, Portes.SUJET_SAV + nom);
        }
    }

    /** Of a line: the access it speaks of, in both columns. */
    private static final String ACCES = "acces";

    /** Of a file: a column that it lacks. */
    private static final String SANS = "sans";

    /** Of a line: how many fields it has. */
    private static final String CHAMPS = "champs";

    /** Of a file: its character set. */
    private static final String ENCODAGE = "encodage";

    /** Of a file: the subject of its mail. */
    private static final String SUJET = "sujet";

    private static final Set<String> PSEUDO = Set.of(ACCES, SANS, CHAMPS, ENCODAGE, SUJET);

    protected final Page page;
    private final List<Depot> pending = new ArrayList<>();
    private final Map<String, Integer> read = new HashMap<>();
    private final Map<String, String> references = new HashMap<>();
    protected Fichier last;
    private String reference;
    private int signalisations;
    private int files;

    protected JeuParFichiers(CasSav cas, Catalogue catalogue, Oi oi) {
        super(cas, catalogue, oi);
        page = catalogue.page("sav", "1.0a");
    }

    /** Gives a file to the hub, which must have treated it in the end. */
    protected abstract void drop(String qui, Fichier fichier);

    /** What has left for an OC so far, in order, once nothing more is on its way. */
    protected abstract List<Fichier> back(String qui);

    /** Lets pass what might still be on its way; here nothing is. */
    protected void quiet() {}

    @Override
    protected void byFile(CasSav.Ligne ligne, String where) {
        if (ligne instanceof Depot depot) {
            pending.add(depot);
            if (!depot.suite()) {
                last = depot.flux().isEmpty() ? last : write();
                pending.clear();
                drop(depot.qui(), last);
            }
        } else if (ligne instanceof Retour retour) {
            receive(retour, where);
        }
    }

    private Fichier write() {
        Depot first = pending.get(0);
        FluxSheet sheet = page.feuille(first.flux());
        List<Map<String, String>> lines = pending.stream().map(this::values).toList();
        Set<String> columns = new LinkedHashSet<>();
        sheet.champs().stream().map(Champ::nom).forEach(columns::add);
        lines.forEach(line -> columns.addAll(line.keySet()));
        columns.removeAll(PSEUDO);
        Map<String, String> all = new HashMap<>();
        pending.forEach(depot -> all.putAll(depot.voulus()));
        columns.remove(all.get(SANS));
        StringBuilder text = new StringBuilder(String.join(";", columns)).append("\r\n");
        for (int i = 0; i < lines.size(); i++) {
            Map<String, String> line = lines.get(i);
            List<String> cells = columns.stream()
                    .map(column -> line.getOrDefault(column, ""))
                    .toList();
            String cut = pending.get(i).voulus().get(CHAMPS);
            text.append(String.join(";", cut == null ? cells : cells.subList(0, Integer.parseInt(cut))))
                    .append("\r\n");
        }
        String nom = nom(first.flux(), ++files);
        Fichier fichier =
                new Fichier(nom, text.toString().getBytes(Charset.forName(all.getOrDefault(ENCODAGE, "ISO-8859-1"))));
        return all.containsKey(SUJET) ? new Fichier(nom, fichier.octets(), all.get(SUJET)) : fichier;
    }

    /** The name of the OC's next file: here the case is its sender. */
    protected String nom(String flux, int rang) {
        return "%s_%s_%s_20261120_110000_%03d.csv".formatted(flux, cas().id().replace("-", ""), oi.code(), rang);
    }

    private Map<String, String> values(Depot depot) {
        Map<String, String> line = new LinkedHashMap<>();
        switch (depot.flux()) {
            case "SIGSAV" -> {
                String acces = depot.voulus().getOrDefault(ACCES, "A1");
                line.put("ReferencePrestationPrise", acces);
                line.put("ReferencePrise", "PTO-" + acces);
                line.put("ReferenceSigSAVRaccoOC", "SIG-%04d".formatted(++signalisations));
                line.put("DateIncidClientFinal", "20261119");
                line.put("NatureDefaut", "Pas de signal");
                line.put("PrelocDefaut", "COL MONTANTE");
            }
            case "MSGSAV" -> {
                line.put("ReferenceSigSAVRaccoOC", reference);
                line.put("ReferenceSigSAVRaccoOI", key);
                line.put("DateMessage", "20261120");
                line.put("TypeMessage", "REPONSE");
            }
            default -> {}
        }
        line.putAll(depot.voulus());
        line.replaceAll((colonne, valeur) -> value(valeur));
        line.computeIfPresent("IdRdv", (colonne, creneau) -> slot(creneau));
        return line;
    }

    private void receive(Retour retour, String where) {
        int done = read.getOrDefault(retour.qui(), 0);
        if (retour.flux().isEmpty()) {
            quiet();
            List<Ligne> lines = lines(retour.qui());
            Ecart.unless(lines.size() == done, where, "rien", lines.subList(done, lines.size()));
            return;
        }
        boolean came = holds(() -> lines(retour.qui()).size() > done);
        Ecart.unless(came, where, retour.flux(), "rien");
        read.put(retour.qui(), done + 1);
        Ligne line = lines(retour.qui()).get(done);
        Ecart.unless(line.feuille().flux().code().equals(retour.flux()), where, retour.flux(), line.champs());
        List<Anomalie> anomalies =
                line.feuille().check(line).stream().filter(Anomalie::bloquante).toList();
        Ecart.unless(anomalies.isEmpty(), where, "une ligne juste", anomalies);
        retour.valeurs().forEach((colonne, valeur) -> {
            String wanted = value(valeur);
            String found = line.get(colonne);
            Ecart.unless(pattern(wanted).matcher(found).matches(), where + ", " + colonne, wanted, found);
        });
        if (line.feuille().flux().code().equals("ARSIGSAV")
                && line.get("EtatAR").equals("OK")) {
            reference = line.get("ReferenceSigSAVRaccoOC");
            references.put(line.get("ReferenceSigSAVRaccoOI"), reference);
            opened(line.get("ReferenceSigSAVRaccoOI"), retour.qui());
        }
    }

    /** {@code *} stands for any text. */
    private static Pattern pattern(String wanted) {
        return Pattern.compile(
                Stream.of(wanted.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    /** The lines that have left, as the OC reads them: in the order of the files and of the lines in them. */
    private List<Ligne> lines(String qui) {
        List<Ligne> lines = new ArrayList<>();
        back(qui).forEach(fichier -> lines.addAll(read(fichier)));
        return lines;
    }

    private List<Ligne> read(Fichier fichier) {
        List<FluxSheet> sheets = page.flux().stream()
                .filter(flux -> flux.emisPar().contains(Role.OI))
                .map(flux -> page.feuille(flux.code()))
                .toList();
        try {
            CsvFile.FileForm form =
                    CsvFile.checkForm(() -> new ByteArrayInputStream(fichier.octets()), sheets, null, 0);
            String named = "%s_%s_[A-Z0-9]{4}_[0-9]{8}_[0-9]{6}_[0-9]{3}\\.csv"
                    .formatted(form.feuille().flux().jeton(), oi.code());
            Ecart.unless(fichier.nom().matches(named), cas().id(), named, fichier.nom());
            List<Ligne> lines = new ArrayList<>();
            try (CsvFile.Lignes all = CsvFile.read(new ByteArrayInputStream(fichier.octets()), form)) {
                all.forEachRemaining(lines::add);
            }
            return lines;
        } catch (FichierIllisible e) {
            throw new IllegalStateException(fichier.nom(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An earlier ticket is spoken of again: its reference goes with its key. */
    @Override
    public void play(CasSav.Ligne ligne) {
        super.play(ligne);
        reference = references.getOrDefault(key, reference);
    }

    /** Every line that has left was expected by the case. */
    public void everyLineWasExpected() {
        for (String qui : List.of("OC", "OC2")) {
            List<Ligne> lines = lines(qui);
            int expected = read.getOrDefault(qui, 0);
            Ecart.unless(
                    lines.size() == expected,
                    cas().id() + ", " + qui,
                    "rien de plus",
                    lines.subList(Math.min(expected, lines.size()), lines.size()));
        }
    }
}
