package fr.interophub.echange;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The container of everything that was said about one order, appointment or ticket. What its states mean belongs to
 * the protocol room that opened it; how it got there is a fold of its messages (decision State-Follows-Journal).
 */
public final class Dossier {

    /** Longest key kept as it is; a longer one (always a refused line) is shortened and made unique by a hash. */
    public static final int CLE_MAX = 100;

    private final UUID id;
    private final String objet;
    private final String protocole;
    private final String version;
    private final String operateur;
    private final String cle;
    private final String empreinte;
    private final Instant creeLe;
    private String etat;
    private String vie;
    private int rang;
    private Instant modifieLe;
    private final Map<String, String> references;
    private final Map<String, String> faits;

    public Dossier(
            UUID id,
            String objet,
            String protocole,
            String version,
            String operateur,
            String cle,
            String empreinte,
            Instant creeLe,
            String etat,
            String vie,
            int rang,
            Instant modifieLe,
            Map<String, String> references,
            Map<String, String> faits) {
        this.id = id;
        this.objet = objet;
        this.protocole = protocole;
        this.version = version;
        this.operateur = operateur;
        this.cle = cle;
        this.empreinte = empreinte;
        this.creeLe = creeLe;
        this.etat = etat;
        this.vie = vie;
        this.rang = rang;
        this.modifieLe = modifieLe;
        this.references = new LinkedHashMap<>(references);
        this.faits = new LinkedHashMap<>(faits);
    }

    /**
     * Opens a dossier; nothing has been said yet.
     *
     * @param cle the reference that its operator gave it
     * @param empreinte SHA-256 of the opening message, by which a repetition is recognised; may be null
     */
    public static Dossier open(
            String objet,
            String protocole,
            String version,
            String operateur,
            String cle,
            String empreinte,
            String etatInitial,
            Instant now) {
        return new Dossier(
                Ids.next(),
                objet,
                protocole,
                version,
                operateur,
                cle,
                empreinte,
                now,
                etatInitial,
                "",
                0,
                now,
                Map.of(),
                Map.of());
    }

    /**
     * Notes one more message of its life.
     *
     * @param said what the one-line life shows, e.g. {@code AR_Cmd_Acces OK}
     * @return the rank of the message in the dossier, from 1
     */
    public int tell(String said, String newEtat, Instant now) {
        vie = vie.isEmpty() ? said : vie + " > " + said;
        etat = newEtat;
        modifieLe = now;
        return ++rang;
    }

    /** Takes a rank for a message that changes nothing (a repetition, a message out of sequence). */
    public int aside(Instant now) {
        modifieLe = now;
        return ++rang;
    }

    /** The life in one line: {@code Cmd_Acces > AR_Cmd_Acces OK = ACQUITTEE}. */
    public String vieEnUneLigne() {
        return vie + " = " + etat;
    }

    public UUID id() {
        return id;
    }

    public String objet() {
        return objet;
    }

    public String protocole() {
        return protocole;
    }

    public String version() {
        return version;
    }

    public String operateur() {
        return operateur;
    }

    public String cle() {
        return cle;
    }

    public String empreinte() {
        return empreinte;
    }

    public Instant creeLe() {
        return creeLe;
    }

    public String etat() {
        return etat;
    }

    public String vie() {
        return vie;
    }

    public int rang() {
        return rang;
    }

    public Instant modifieLe() {
        return modifieLe;
    }

    /** The references by which it can be found, keyed by the protocol's field names; the latest value of each. */
    public Map<String, String> references() {
        return references;
    }

    /** What the protocol room must remember beside the state. */
    public Map<String, String> faits() {
        return faits;
    }
}
