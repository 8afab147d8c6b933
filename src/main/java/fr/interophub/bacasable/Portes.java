package fr.interophub.bacasable;

import java.net.URI;
import java.util.List;

/**
 * The hub's doors and what opens them.
 *
 * @param sftpHote where the OCs drop and take their files
 * @param sftpPort its port
 * @param courrier where those that live by mail send and read theirs; null if none does
 * @param http where the REST interfaces are, without a path
 * @param oi our own code, which file names carry
 * @param cleSi the legacy IT's key
 * @param cleLecture a key that may read every dossier
 * @param comptes the OCs that play
 */
public record Portes(
        String sftpHote,
        int sftpPort,
        Courrier courrier,
        URI http,
        String oi,
        String cleSi,
        String cleLecture,
        List<Compte> comptes) {

    /**
     * A mail server, without encryption.
     *
     * @param acces the hub's address for orders
     * @param sav the hub's address for signalisations
     */
    public record Courrier(String hote, int smtp, int imap, String acces, String sav) {}

    /**
     * An OC's own account.
     *
     * @param operateur its code
     * @param utilisateur its SFTP user, and its login on our web services
     * @param motDePasse its password, that of its mailbox too
     * @param adresse its mail address; null for one that does not live by mail
     */
    public record Compte(String operateur, String utilisateur, String motDePasse, String adresse) {

        /** One that does not live by mail. */
        public Compte(String operateur, String utilisateur, String motDePasse) {
            this(operateur, utilisateur, motDePasse, null);
        }

        boolean parCourriel() {
            return adresse != null;
        }

        @Override
        public String toString() {
            return operateur + " (" + (parCourriel() ? adresse : utilisateur) + ")";
        }
    }

    public Portes {
        comptes = List.copyOf(comptes);
    }

    /** Where an OC exchanges its orders. */
    Casier casierAcces(Compte compte) {
        return compte.parCourriel()
                ? new CasierCourriel(courrier, compte, courrier.acces(), "ACCES FTTH - ")
                : new CasierSftp(this, compte);
    }

    /** Where an OC that lives by mail exchanges its signalisations. */
    Casier casierSav(Compte compte) {
        return new CasierCourriel(courrier, compte, courrier.sav(), "SAV FTTH - ");
    }

    @Override
    public String toString() {
        return "sftp://%s:%d et %s pour %s".formatted(sftpHote, sftpPort, http, comptes);
    }
}
