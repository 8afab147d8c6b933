package fr.interophub.bacasable;

import java.net.URI;
import java.util.List;

/**
 * The hub's doors and what opens them.
 *
 * @param sftpHote where the OCs drop and take their files
 * @param sftpPort its port
 * @param http where the REST interfaces are, without a path
 * @param oi our own code, which file names carry
 * @param cleSi the legacy IT's key
 * @param cleLecture a key that may read every dossier
 * @param comptes the OCs that play
 */
public record Portes(
        String sftpHote, int sftpPort, URI http, String oi, String cleSi, String cleLecture, List<Compte> comptes) {

    /**
     * An OC's own account.
     *
     * @param operateur its code
     * @param utilisateur its SFTP user
     * @param motDePasse its SFTP password
     */
    public record Compte(String operateur, String utilisateur, String motDePasse) {

        @Override
        public String toString() {
            return operateur + " (" + utilisateur + ")";
        }
    }

    public Portes {
        comptes = List.copyOf(comptes);
    }

    @Override
    public String toString() {
        return "sftp://%s:%d et %s pour %s".formatted(sftpHote, sftpPort, http, comptes);
    }
}
