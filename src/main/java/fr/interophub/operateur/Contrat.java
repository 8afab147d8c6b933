package fr.interophub.operateur;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import fr.interophub.catalogue.SurchargeFeuille;
import java.util.Map;

/**
 * What was agreed two by two with an operator (Accès 1.2: "à définir dans les contrats"). Absent values take the default.
 *
 * @param canal the door it exchanges files by: {@code SFTP} (our server) or {@code DOSSIER} (a folder that the site mounts)
 * @param dossierEntrant with {@code DOSSIER}: the folder it drops into, an absolute path
 * @param dossierSortant with {@code DOSSIER}: the folder we drop into
 * @param encodageEntrant {@code auto} (UTF-8, else windows-1252), or a charset name that is imposed
 * @param encodageSortant the charset of the files we write; default UTF-8
 * @param nomFichier template of outgoing names; {@code {OI} {OC} {FLUX} {AAAAMMJJ} {NNNN}} are replaced
 * @param motifs how a KO motif is written: {@code libelle} (default), {@code code}, {@code code-libelle}
 * @param lignesMax a larger file is unreadable; 0: no limit
 * @param siMode how the SI is met for this operator, if not as {@code hub.si.mode}
 * @param colonnes per flux, what this partner's columns have of their own
 * @param crKoAvecAnnulation true: an annulation that comes before the CR gets a CR KO beside its own CR (Accès 1.2 §5.7)
 * @param messOiHorsSequence true: a flux that comes at the wrong time is told by a Mess_OI_Cmd_Acces where one may be sent
 * @param gelDegel true: Gel_Degel is practised with this operator (Accès 1.2 §3.19)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Contrat(
        String canal,
        String dossierEntrant,
        String dossierSortant,
        String encodageEntrant,
        String encodageSortant,
        String nomFichier,
        String motifs,
        Integer lignesMax,
        String siMode,
        Map<String, SurchargeFeuille> colonnes,
        Boolean crKoAvecAnnulation,
        Boolean messOiHorsSequence,
        Boolean gelDegel) {

    public static final Contrat DEFAUT =
            new Contrat(null, null, null, null, null, null, null, null, null, null, null, null, null);

    public Contrat {
        canal = canal == null ? "SFTP" : canal;
        encodageEntrant = encodageEntrant == null ? "auto" : encodageEntrant;
        encodageSortant = encodageSortant == null ? "UTF-8" : encodageSortant;
        nomFichier = nomFichier == null ? "{OI}_{OC}_{FLUX}_ACCES_V12_{AAAAMMJJ}_{NNNN}.csv" : nomFichier;
        motifs = motifs == null ? "libelle" : motifs;
        lignesMax = lignesMax == null ? 0 : lignesMax;
        colonnes = colonnes == null ? Map.of() : Map.copyOf(colonnes);
        crKoAvecAnnulation = crKoAvecAnnulation != null && crKoAvecAnnulation;
        messOiHorsSequence = messOiHorsSequence != null && messOiHorsSequence;
        gelDegel = gelDegel != null && gelDegel;
    }
}
