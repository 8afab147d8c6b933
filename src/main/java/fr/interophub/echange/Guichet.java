package fr.interophub.echange;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.CsvFile;
import fr.interophub.catalogue.FichierIllisible;
import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Role;
import fr.interophub.echange.FileDAttente.Prise;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Feuilles;
import fr.interophub.operateur.Operateur;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The counter where received files are opened: it claims the next one, reads it once for its form, then hands its lines
 * over in lots. Each lot notes in its own transaction how far the file has got, so a crash in the middle resumes
 * without doing a line twice (Accès 1.2 §3.2: the whole file is checked before its first line takes effect).
 */
public final class Guichet implements Progression {

    /** A file that has failed this many times for reasons of ours is set aside, so that the next ones may pass. */
    private static final int ECHECS_MAX = 8;

    private static final Duration RENOUVELER = Duration.ofSeconds(10);

    private final FileDAttente aTraiter;
    private final Journal journal;
    private final Quarantaines quarantaines;
    private final Catalogue catalogue;
    private final Annuaire annuaire;
    private final JdbcTemplate jdbc;
    private final Transactions transactions;
    private final Clock clock;
    private final int lignesParLot;

    Guichet(
            FileDAttente aTraiter,
            Journal journal,
            Quarantaines quarantaines,
            Catalogue catalogue,
            Annuaire annuaire,
            JdbcTemplate jdbc,
            Transactions transactions,
            Clock clock,
            int lignesParLot) {
        this.aTraiter = aTraiter;
        this.journal = journal;
        this.quarantaines = quarantaines;
        this.catalogue = catalogue;
        this.annuaire = annuaire;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.lignesParLot = lignesParLot;
    }

    /** Claims the next file to treat, if any; those of an operator whose hours are over wait. */
    public Optional<Prise> next() {
        LocalDateTime now = LocalDateTime.now(clock);
        return aTraiter.claim(annuaire.list().stream()
                .filter(operateur -> !operateur.contrat().horaires().traite(now))
                .map(Operateur::code)
                .toList());
    }

    /**
     * Reads the file from end to end for its form: flux, version, encoding, number of columns, references.
     *
     * @throws FichierIllisible if it cannot be read as one flux that this operator may say; nothing has taken effect
     */
    public Ouverture open(Prise prise) throws FichierIllisible, IOException {
        Transmission file = journal.find(prise.objetId()).orElseThrow();
        Operateur operateur = annuaire.find(file.operateur()).orElseThrow();
        Ouverture ouverture =
                new Ouverture(prise, file, operateur, form(operateur, () -> new Held(journal.open(file.id()), prise)));
        FluxSheet sheet = ouverture.forme().feuille();
        jdbc.update(
                "update journal set protocole = ?, flux = ?, version = ?, lignes = ? where id = ?",
                sheet.protocole(),
                sheet.flux().code(),
                sheet.version(),
                ouverture.forme().lignes(),
                file.id());
        return ouverture;
    }

    private CsvFile.FileForm form(Operateur operateur, CsvFile.Source bytes) throws FichierIllisible, IOException {
        List<FluxSheet> spoken = new ArrayList<>();
        List<FluxSheet> others = new ArrayList<>();
        for (Page page : catalogue.pages()) {
            if (page.grille().isPresent()) {
                continue;
            }
            boolean speaks = page.version().equals(operateur.versions().get(page.protocole()));
            page.flux().forEach(flux -> {
                FluxSheet sheet = Feuilles.of(page, flux.code(), operateur);
                ((speaks || flux.toutesVersions()) && flux.emisPar().contains(Role.OC) ? spoken : others).add(sheet);
            });
        }
        List<FluxSheet> candidates = new ArrayList<>(spoken);
        candidates.addAll(others);
        String encodage = operateur.contrat().encodageEntrant();
        CsvFile.FileForm form = CsvFile.checkForm(
                bytes,
                candidates,
                encodage.equals("auto") ? null : Charset.forName(encodage),
                operateur.contrat().lignesMax());
        if (!spoken.contains(form.feuille())) {
            throw refused(operateur, form.feuille());
        }
        return form;
    }

    private static FichierIllisible refused(Operateur operateur, FluxSheet sheet) {
        if (!sheet.flux().emisPar().contains(Role.OC)) {
            return new FichierIllisible(
                    "FLUX_INTERDIT",
                    1L,
                    "le flux %s n'est émis que par l'OI".formatted(sheet.flux().code()));
        }
        String agreed = operateur.versions().get(sheet.protocole());
        return new FichierIllisible(
                "VERSION_NON_PARLEE",
                1L,
                "le flux %s est en version %s ; %s"
                        .formatted(
                                sheet.flux().code(),
                                sheet.version(),
                                agreed == null
                                        ? "aucune version n'est convenue avec " + operateur.code()
                                        : "la version convenue avec %s est %s".formatted(operateur.code(), agreed)));
    }

    /** The lines of an open file that have not taken effect yet, in lots. */
    public Iterator<LotDeLignes> lots(Ouverture ouverture) {
        long done = journal.find(ouverture.fichier().id()).orElseThrow().lignesFaites();
        return new Lots(ouverture, done);
    }

    /**
     * Notes, inside the caller's transaction, that the lines of a lot have taken effect.
     *
     * @throws FileDAttente.PrisePerdue if another node has taken the file over: the transaction must not commit
     */
    @Override
    public void advance(LotDeLignes lot) {
        if (lot.rejeu()) {
            return;
        }
        aTraiter.renew(lot.ouverture().prise());
        int advanced = jdbc.update(
                "update journal set lignes_faites = ? where id = ? and lignes_faites = ?",
                lot.debut() + lot.lignes().size(),
                lot.fichier().id(),
                lot.debut());
        if (advanced == 0) {
            throw new FileDAttente.PrisePerdue("lines of " + lot.fichier().id());
        }
    }

    /** Every line has taken effect. */
    public void close(Ouverture ouverture) {
        transactions.run(() -> {
            aTraiter.end(ouverture.prise());
            jdbc.update(
                    "update journal set termine_le = ? where id = ?",
                    JdbcBulk.toJdbc(clock.instant()),
                    ouverture.fichier().id());
        });
    }

    /** Ends the treatment of what holds no lines of its own, inside the caller's transaction. */
    public void end(Prise prise) {
        aTraiter.end(prise);
        jdbc.update(
                "update journal set acheminement = 'ACQUITTE', termine_le = ? where id = ?",
                JdbcBulk.toJdbc(clock.instant()),
                prise.objetId());
    }

    /** Sets an unreadable file aside: no answer leaves, the OI is told (decision Refus-Nest-Pas-Erreur). */
    public void quarantine(Prise prise, FichierIllisible why) {
        transactions.run(() -> {
            aTraiter.end(prise);
            quarantaines.keepFile(journal.find(prise.objetId()).orElseThrow(), why.motif(), why.detail(), why.ligne());
        });
    }

    /** A failure of ours: the file is tried again after a growing pause, then set aside with its reason. */
    public void failed(Prise prise, Throwable why) {
        if (prise.echecs() + 1 < ECHECS_MAX) {
            aTraiter.failed(prise, why.toString());
        } else {
            quarantine(
                    prise,
                    new FichierIllisible(
                            "PANNE",
                            null,
                            "le traitement a échoué %d fois ; rejouer une fois la cause levée : %s"
                                    .formatted(ECHECS_MAX, why)));
        }
    }

    /**
     * Opens one line of a file again, at a person's request.
     *
     * @param numero the physical line number
     */
    public LotDeLignes line(UUID journalId, long numero) throws FichierIllisible, IOException {
        Transmission file = journal.find(journalId).orElseThrow();
        Operateur operateur = annuaire.find(file.operateur()).orElseThrow();
        Ouverture ouverture = new Ouverture(null, file, operateur, form(operateur, () -> journal.open(file.id())));
        try (CsvFile.Lignes lines = CsvFile.read(journal.open(file.id()), ouverture.forme())) {
            while (lines.hasNext()) {
                Ligne line = lines.next();
                if (line.numero() == numero) {
                    return new LotDeLignes(ouverture, 0, List.of(line), true);
                }
            }
        }
        throw new NoSuchElementException("line " + numero + " of " + journalId);
    }

    /** Keeps the lease while a large file is being read, long before any of its lines is committed. */
    private final class Held extends FilterInputStream {

        private final Prise prise;
        private Instant renewed = clock.instant();

        private Held(InputStream in, Prise prise) {
            super(in);
            this.prise = prise;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (renewed.plus(RENOUVELER).isBefore(clock.instant())) {
                renewed = clock.instant();
                transactions.run(() -> aTraiter.renew(prise));
            }
            return super.read(target, offset, length);
        }
    }

    /** Reads lots on demand; memory holds one at a time. */
    private final class Lots implements Iterator<LotDeLignes>, AutoCloseable {

        private final Ouverture ouverture;
        private final CsvFile.Lignes lines;
        private long done;

        private Lots(Ouverture ouverture, long done) {
            this.ouverture = ouverture;
            this.done = done;
            try {
                this.lines = CsvFile.read(journal.open(ouverture.fichier().id()), ouverture.forme());
                this.lines.skip(done);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean hasNext() {
            return lines.hasNext();
        }

        @Override
        public LotDeLignes next() {
            List<Ligne> lot = new ArrayList<>(lignesParLot);
            while (lot.size() < lignesParLot && lines.hasNext()) {
                lot.add(lines.next());
            }
            LotDeLignes next = new LotDeLignes(ouverture, done, lot, false);
            done += lot.size();
            return next;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
