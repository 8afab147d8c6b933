package fr.interophub.operateur;

import java.util.List;
import java.util.Map;

/** An operator's sheet as people write it, by REST or in a file: secrets in clear, and what a reading tells of them. */
public record FicheEcrite(
        @Valeur("Le quadrigramme, quatre lettres majuscules ou chiffres ; aussi le nom de ses dossiers.")
        String code,

        @Valeur("Le nom que lisent les personnes.") String nom,

        @Valeur("Son SIREN, neuf chiffres.") String siren,

        @Valeur("false : ses portes sont fermées ; ce qu'il avait déposé reste.")
        Boolean actif,

        @Valeur(
                "La version qu'il parle, par protocole ; un fichier d'une autre version est illisible (VERSION_NON_PARLEE).")
        Map<String, String> versions,

        @Valeur("Son compte sur notre serveur SFTP.") Sftp sftp,

        @Valeur("Sa clé REST, de 8 à 200 caractères ; jamais relue.")
        String cleApi,

        @Valeur("Lu seulement : une clé REST est définie.") Boolean cleApiDefinie,

        @Valeur("Ce qui a été convenu avec lui.") Contrat contrat,

        @Valeur("Comment il se présente sur nos services web.")
        Soap soap) {

    public record Soap(
            @Valeur("Le nom du compte, dans l'en-tête SOAP ou en HTTP Basic.")
            String login,

            @Valeur("Le mot de passe, de 8 à 200 caractères ; jamais relu.")
            String motDePasse,

            @Valeur("Lu seulement : un mot de passe est défini.")
            Boolean motDePasseDefini,

            @Valeur("Ses certificats client : empreinte SHA-256 en hexadécimal, ou sujet (RFC 2253).")
            List<String> certificats,

            @Valeur(
                    "Le mot de passe que le hub donne au service de l'opérateur (contrat.sav.login), de 8 à 200 caractères ; jamais relu.")
            String motDePasseSortant,

            @Valeur("Lu seulement : ce mot de passe est défini.")
            Boolean motDePasseSortantDefini) {}

    public record Sftp(
            @Valeur("Le nom du compte.") String login,

            @Valeur("Le mot de passe, de 8 à 200 caractères ; jamais relu.")
            String motDePasse,

            @Valeur("Lu seulement : un mot de passe est défini.")
            Boolean motDePasseDefini,

            @Valeur("Ses clés publiques, une par ligne au format authorized_keys d'OpenSSH.")
            List<String> clesPubliques) {}
}
