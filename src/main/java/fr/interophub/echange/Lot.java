package fr.interophub.echange;

import fr.interophub.catalogue.FluxSheet;
import fr.interophub.operateur.Operateur;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Everything that one transaction writes about messages: dossiers, what was said, what must leave, what the SI must be
 * told, what is kept aside. It is filled by a protocol room and written at once by {@link Registre#write}.
 */
public final class Lot {

    /**
     * Lines of one flux that leave together.
     *
     * @param id the lot that the outgoing messages name
     */
    public static final class Sortie {
        private final UUID id = Ids.next();
        private final String operateur;
        private final String protocole;
        private final String flux;
        private final String version;
        private final String entete;
        private final StringBuilder contenu = new StringBuilder();
        private UUID dossierId;
        private int nombre;

        private Sortie(String operateur, FluxSheet feuille) {
            this.operateur = operateur;
            this.protocole = feuille.protocole();
            this.flux = feuille.flux().code();
            this.version = feuille.version();
            this.entete = feuille.header();
        }

        /** Where the caller writes the line, its line feed included. */
        public StringBuilder contenu() {
            return contenu;
        }

        public UUID id() {
            return id;
        }

        public String operateur() {
            return operateur;
        }

        public String protocole() {
            return protocole;
        }

        public String flux() {
            return flux;
        }

        public String version() {
            return version;
        }

        /** The header that these lines were written for, without line end. */
        public String entete() {
            return entete;
        }

        /** The only dossier it speaks of, or null when several. */
        public UUID dossierId() {
            return dossierId;
        }

        public int nombre() {
            return nombre;
        }

        /** Counts one more line; its place in the lot, from 1. */
        public int next(UUID dossier) {
            dossierId = nombre == 0 || Objects.equals(dossierId, dossier) ? dossier : null;
            return ++nombre;
        }
    }

    private final UUID id = Ids.next();
    private final String siMode;
    private final List<Dossier> nouveaux = new ArrayList<>();
    private final Set<UUID> ouverts = new HashSet<>();
    private final Map<UUID, Dossier> modifies = new LinkedHashMap<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<Reference> references = new ArrayList<>();
    private final List<Sortie> sorties = new ArrayList<>();
    private final List<Quarantaine> quarantaines = new ArrayList<>();

    /** A value by which a dossier can be found, beside its key. */
    public record Reference(String valeur, UUID dossierId, String champ) {}

    /**
     * @param siMode how the SI learns of the demandes of this lot
     */
    public Lot(String siMode) {
        this.siMode = siMode;
    }

    public UUID id() {
        return id;
    }

    public String siMode() {
        return siMode;
    }

    public void open(Dossier dossier) {
        nouveaux.add(dossier);
        ouverts.add(dossier.id());
    }

    /** Notes that a dossier has changed; one opened by this very lot is written once, as it ends. */
    public void change(Dossier dossier) {
        if (!ouverts.contains(dossier.id())) {
            modifies.put(dossier.id(), dossier);
        }
    }

    public void add(Message message) {
        messages.add(message);
    }

    /** What was said of one dossier is said of another too, which has changed: what leaves is ordered after both. */
    public void also(Message said, Dossier other) {
        messages.add(said.in(other));
        change(other);
        sorties.stream().filter(sortie -> sortie.id.equals(said.sortieId())).forEach(sortie -> sortie.dossierId = null);
    }

    public void add(Quarantaine quarantaine) {
        quarantaines.add(quarantaine);
    }

    /**
     * Gives a dossier a reference; the latest value of a field is shown, every value finds it. Its own key finds it
     * already.
     */
    public void refer(Dossier dossier, String champ, String valeur) {
        if (!valeur.equals(dossier.references().put(champ, valeur)) && !valeur.equals(dossier.cle())) {
            references.add(new Reference(valeur, dossier.id(), champ));
        }
    }

    /**
     * Where to write a line that leaves: lines of one operator, flux, version and header go together, as many as its
     * contract lets into one file.
     */
    public Sortie sortie(Operateur operateur, FluxSheet feuille) {
        int max = operateur.contrat().lignesMaxSortant();
        for (Sortie open : sorties) {
            if (open.operateur.equals(operateur.code())
                    && open.flux.equals(feuille.flux().code())
                    && open.version.equals(feuille.version())
                    && open.entete.equals(feuille.header())
                    && (max == 0 || open.nombre < max)) {
                return open;
            }
        }
        Sortie sortie = new Sortie(operateur.code(), feuille);
        sorties.add(sortie);
        return sortie;
    }

    public List<Dossier> nouveaux() {
        return nouveaux;
    }

    /** Known dossiers that have changed. */
    public Collection<Dossier> modifies() {
        return modifies.values();
    }

    public List<Message> messages() {
        return messages;
    }

    public List<Reference> references() {
        return references;
    }

    public List<Sortie> sorties() {
        return sorties;
    }

    public List<Quarantaine> quarantaines() {
        return quarantaines;
    }
}
