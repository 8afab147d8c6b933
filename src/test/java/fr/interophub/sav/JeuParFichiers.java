package fr.interophub.sav;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Champ;
import fr.interophub.catalogue.CsvFile;
import fr.interophub.catalogue.FichierIllisible;
import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Role;
import fr.interophub.sav.Cas.Depot;
import fr.interophub.sav.Cas.Retour;
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

    public static final Page PAGE = SavDEssai.CATALOGUE.page("sav", "1.0a");

    /**
     * A file on its way.
     *
     * @param nom its name
     * @param sujet the subject of the mail that carries it, where a mail does
     */
    public record Fichier(String nom, byte[] octets, String sujet) {

        /** One whose mail says its name, as the protocol wants. */
        public Fichier(String nom, byte[] octets) {
            this(nom, octets, PAGE.fichiers().sujet(nom).orElseThrow());
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

    private final List<Depot> pending = new ArrayList<>();
    private final Map<String, Integer> read = new HashMap<>();
    private final Map<String, String> references = new HashMap<>();
    private Fichier last;
    private String reference;
    private int signalisations;
    private int files;

    protected JeuParFichiers(Cas cas) {
        super(cas);
    }

    /** Gives a file to the hub, which must have treated it in the end. */
    protected abstract void drop(String qui, Fichier fichier);

    /** What has left for an OC so far, in order, once nothing more is on its way. */
    protected abstract List<Fichier> back(String qui);

    @Override
    protected void byFile(Cas.Ligne ligne, String where) {
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
        FluxSheet sheet = PAGE.feuille(first.flux());
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
        String nom = "%s_%s_OIDE_20261120_110000_%03d.csv"
                .formatted(first.flux(), cas().id().replace("-", ""), ++files);
        Fichier fichier =
                new Fichier(nom, text.toString().getBytes(Charset.forName(all.getOrDefault(ENCODAGE, "ISO-8859-1"))));
        return all.containsKey(SUJET) ? new Fichier(nom, fichier.octets(), all.get(SUJET)) : fichier;
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
        depot.voulus().forEach((colonne, valeur) -> line.put(colonne, names.getOrDefault(valeur, valeur)));
        line.computeIfPresent("IdRdv", (colonne, creneau) -> slot(creneau));
        return line;
    }

    private void receive(Retour retour, String where) {
        int done = read.getOrDefault(retour.qui(), 0);
        if (retour.flux().isEmpty()) {
            assertThat(lines(retour.qui())).as("%s : rien ne part", where).hasSize(done);
            return;
        }
        List<Ligne> lines = lines(retour.qui());
        assertThat(lines).as("%s : une ligne est partie", where).hasSizeGreaterThan(done);
        read.put(retour.qui(), done + 1);
        Ligne line = lines.get(done);
        assertThat(line.feuille().flux().code())
                .as("%s : %s", where, line.champs())
                .isEqualTo(retour.flux());
        assertThat(line.feuille().check(line)).as(where).noneMatch(Anomalie::bloquante);
        retour.valeurs().forEach((colonne, valeur) -> {
            String wanted = names.getOrDefault(valeur, valeur);
            String found = line.get(colonne);
            assertThat(found).as("%s, %s", where, colonne).matches(pattern(wanted));
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

    private static List<Ligne> read(Fichier fichier) {
        List<FluxSheet> sheets = PAGE.flux().stream()
                .filter(flux -> flux.emisPar().contains(Role.OI))
                .map(flux -> PAGE.feuille(flux.code()))
                .toList();
        try {
            CsvFile.FileForm form =
                    CsvFile.checkForm(() -> new ByteArrayInputStream(fichier.octets()), sheets, null, 0);
            assertThat(fichier.nom())
                    .matches(form.feuille().flux().jeton() + "_OIDE_[A-Z0-9]{4}_[0-9]{8}_[0-9]{6}_[0-9]{3}\\.csv");
            List<Ligne> lines = new ArrayList<>();
            try (CsvFile.Lignes all = CsvFile.read(new ByteArrayInputStream(fichier.octets()), form)) {
                all.forEachRemaining(lines::add);
            }
            return lines;
        } catch (FichierIllisible e) {
            throw new AssertionError(fichier.nom() + " : " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An earlier ticket is spoken of again: its reference goes with its key. */
    @Override
    public void play(Cas.Ligne ligne) {
        super.play(ligne);
        reference = references.getOrDefault(key, reference);
    }

    /** Every line that has left was expected by the case. */
    public void everyLineWasExpected() {
        for (String qui : List.of("OC", "OC2")) {
            assertThat(lines(qui)).as("%s, %s", cas().id(), qui).hasSize(read.getOrDefault(qui, 0));
        }
    }
}
