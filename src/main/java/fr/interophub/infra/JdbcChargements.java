package fr.interophub.infra;

import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Champ;
import fr.interophub.catalogue.CsvFile;
import fr.interophub.catalogue.FichierIllisible;
import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Forme;
import fr.interophub.catalogue.Ligne;
import fr.interophub.echange.Bulk;
import fr.interophub.echange.Transactions;
import fr.interophub.infra.Bilan.Faute;
import fr.interophub.infra.Inventaire.Lien;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/** {@link Chargements} in the database: what a file says is put beside the register, checked there, and then takes its place. */
final class JdbcChargements implements Chargements {

    private static final int LOT = 10_000;
    private static final String BESIDE = "infra_charge";

    private final Catalogue catalogue;
    private final JdbcTemplate jdbc;
    private final Bulk bulk;
    private final Transactions transactions;

    JdbcChargements(Catalogue catalogue, JdbcTemplate jdbc, Bulk bulk, Transactions transactions) {
        this.catalogue = catalogue;
        this.jdbc = jdbc;
        this.bulk = bulk;
        this.transactions = transactions;
    }

    /** The file has a fault: nothing of it is kept. */
    private static final class Fautif extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Bilan bilan;

        private Fautif(Bilan bilan) {
            super(null, null, false, false);
            this.bilan = bilan;
        }
    }

    @Override
    public Bilan load(Inventaire inventaire, String fichier, CsvFile.Source bytes, boolean partiel) throws IOException {
        FluxSheet sheet =
                catalogue.page(Inventaire.PROTOCOLE, Inventaire.VERSION).feuille(inventaire.code());
        try {
            CsvFile.FileForm form = CsvFile.checkForm(bytes, List.of(sheet), null, 0);
            return transactions.run(() -> new JdbcCharge(inventaire, fichier, form, partiel).run(bytes));
        } catch (FichierIllisible e) {
            long line = e.ligne() == null ? 0 : e.ligne();
            return new Bilan(
                    inventaire.code(),
                    fichier,
                    0,
                    0,
                    0,
                    0,
                    1,
                    List.of(new Faute(line, null, null, e.motif(), e.detail())));
        } catch (Fautif e) {
            return e.bilan;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** One file on its way. */
    private final class JdbcCharge {

        private final Inventaire inventaire;
        private final String fichier;
        private final CsvFile.FileForm form;
        private final boolean partiel;
        private final List<Champ> champs;
        private final List<String> columns;
        private final boolean[] capitals;
        private final boolean[] numbers;
        private final List<Faute> fautes = new ArrayList<>();
        private long faults;

        private JdbcCharge(Inventaire inventaire, String fichier, CsvFile.FileForm form, boolean partiel) {
            this.inventaire = inventaire;
            this.fichier = fichier;
            this.form = form;
            this.partiel = partiel;
            champs = form.feuille().champs();
            columns =
                    champs.stream().map(champ -> Inventaire.column(champ.nom())).toList();
            capitals = new boolean[champs.size()];
            numbers = new boolean[champs.size()];
            for (int i = 0; i < capitals.length; i++) {
                capitals[i] = Inventaire.enCapitales(champs.get(i).nom());
                numbers[i] = champs.get(i).forme().genre() == Forme.Genre.ENTIER;
            }
        }

        private Bilan run(CsvFile.Source bytes) {
            bulk.temporary(BESIDE, inventaire.table());
            putBeside(bytes);
            if (faults == 0) {
                duplicates();
                inventaire.liens().forEach(this::unknown);
            }
            if (faults > 0) {
                throw new Fautif(bilan(0, 0, 0));
            }
            return replace();
        }

        private void putBeside(CsvFile.Source bytes) {
            List<String> all =
                    Stream.concat(Stream.of("ligne"), columns.stream()).toList();
            List<Object[]> rows = new ArrayList<>(LOT);
            try (CsvFile.Lignes lines = CsvFile.read(bytes.open(), form)) {
                while (lines.hasNext()) {
                    Ligne line = lines.next();
                    List<Anomalie> anomalies = form.feuille().check(line);
                    if (!anomalies.isEmpty()) {
                        anomalies.forEach(a -> blame(line.numero(), a.champ(), a.valeur(), a.regle(), a.detail()));
                    } else if (faults == 0) {
                        rows.add(row(line));
                    }
                    if (rows.size() == LOT) {
                        bulk.insert(BESIDE, all, rows);
                        rows.clear();
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            bulk.insert(BESIDE, all, rows);
        }

        private Object[] row(Ligne line) {
            Object[] row = new Object[columns.size() + 1];
            row[0] = line.numero();
            for (int i = 0; i < columns.size(); i++) {
                String value = line.valeur(i);
                row[i + 1] = numbers[i]
                        ? value.isEmpty() ? null : number(line, i, value)
                        : capitals[i] ? value.toUpperCase(Locale.ROOT) : value;
            }
            return row;
        }

        private Integer number(Ligne line, int i, String value) {
            try {
                return Integer.valueOf(value);
            } catch (NumberFormatException e) {
                blame(line.numero(), champs.get(i).nom(), value, "FORMAT", "nombre trop grand");
                return null;
            }
        }

        private void blame(long ligne, String champ, String valeur, String regle, String detail) {
            if (faults++ < FAUTES_DITES) {
                fautes.add(new Faute(ligne, champ, valeur, regle, detail));
            }
        }

        /** The groups are found first, their lines only if there is one: a million lines without fault are not sorted. */
        private void duplicates() {
            String key = String.join(", ", inventaire.columns());
            String groups = "select " + key + " from " + BESIDE + " group by " + key + " having count(*) > 1";
            if (jdbc.queryForList(groups + " fetch first 1 rows only").isEmpty()) {
                return;
            }
            String shown = String.join(" || ' / ' || ", inventaire.columns());
            ask(
                    "select ligne, valeur from (select ligne, " + shown + " as valeur, row_number() over (partition by "
                            + key + " order by ligne) as rang from " + BESIDE + ") x where rang > 1",
                    inventaire.cle().get(0),
                    "DOUBLON",
                    "cette clé est déjà sur une ligne qui précède : " + String.join(", ", inventaire.cle()));
        }

        private void unknown(Lien lien) {
            String column = Inventaire.column(lien.blamed());
            ask(
                    "select c.ligne, c." + column + " as valeur from " + BESIDE + " c where c." + column
                            + " <> '' and not exists (select 1 from " + lien.table() + " t where " + lien.match() + ")",
                    lien.blamed(),
                    "INCONNU",
                    "le registre %s n'a pas cette ligne".formatted(lien.vers()));
        }

        private void ask(String faulty, String champ, String regle, String detail) {
            List<Faute> found = jdbc.query(
                    faulty + " order by ligne fetch first " + FAUTES_DITES + " rows only",
                    (row, i) -> new Faute(row.getLong("ligne"), champ, row.getString("valeur"), regle, detail));
            if (found.size() == FAUTES_DITES) {
                long all = jdbc.queryForObject("select count(*) from (" + faulty + ") f", Long.class);
                faults += all - found.size();
            }
            found.forEach(f -> blame(f.ligne(), f.champ(), f.valeur(), f.regle(), f.detail()));
        }

        /**
         * What is not as the file says goes, what is missing comes; a row that stays as it is is not even held, so that orders
         * go on being answered meanwhile. Whoever changes routes holds their PBOs.
         */
        private Bilan replace() {
            String table = inventaire.table();
            if (inventaire == Inventaire.ROUTE_OPTIQUE) {
                jdbc.query("select reference_pbo from infra_pbo order by reference_pbo for update", row -> {});
            }
            String held = inventaire.tenu()
                    ? "t.reference_prise in (select route_prise from infra_attribution union all select reference_prise from"
                            + " infra_attribution where reference_prise <> '')"
                    : "false";
            String same = inventaire.sameKey()
                    + columns.stream()
                            .filter(column -> !inventaire.columns().contains(column))
                            .map(column -> " and t." + column + " is not distinct from c." + column)
                            .collect(Collectors.joining());
            String known = "exists (select 1 from " + BESIDE + " c where " + inventaire.sameKey() + ")";
            long kept = inventaire.tenu()
                    ? jdbc.queryForObject("select count(*) from " + table + " t where " + held, Long.class)
                    : 0;
            long gone = jdbc.update(
                    "delete from " + table + " t where not (" + held + ")" + (partiel ? " and " + known : "")
                            + " and not exists (select 1 from " + BESIDE + " c where " + same + ")");
            List<String> into = Stream.concat(
                            columns.stream(), inventaire.derived().map(one -> one[0]))
                    .toList();
            List<String> from = Stream.concat(
                            columns.stream().map(column -> "c." + column),
                            inventaire.derived().map(one -> one[1]))
                    .toList();
            long come = jdbc.update("insert into " + table + " (" + String.join(", ", into) + ") select "
                    + String.join(", ", from) + " from " + BESIDE + " c where not exists (select 1 from " + table
                    + " t where " + inventaire.sameKey() + ")");
            return bilan(come, gone, kept);
        }

        private Bilan bilan(long come, long gone, long kept) {
            return new Bilan(inventaire.code(), fichier, form.lignes(), come, gone, kept, faults, List.copyOf(fautes));
        }
    }
}
