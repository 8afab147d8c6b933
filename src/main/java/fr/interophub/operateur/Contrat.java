package fr.interophub.operateur;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import fr.interophub.catalogue.SurchargeFeuille;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was agreed two by two with an operator (Accès 1.2: "à définir dans les contrats"). Absent values take the default.
 *
 * <p>A new value is one component with its {@link Valeur} and its default below, or a record of its own for a theme; nothing
 * else needs to be written for it to be read, checked, kept, documented and shown. Contracts are made from named values
 * ({@link #of}), never by position.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Contrat(
        @Valeur(
                value =
                        "La porte par laquelle les fichiers partent : notre serveur SFTP, un dossier que le site monte, ou le courriel (thème mail). Une page du catalogue peut en imposer une (SAV 1.0a : MAIL).",
                parmi = {"SFTP", "DOSSIER", "MAIL"})
        String canal,

        @Valeur("Porte DOSSIER : où l'opérateur dépose, un chemin absolu.")
        String dossierEntrant,

        @Valeur("Porte DOSSIER : où le hub dépose, un chemin absolu.")
        String dossierSortant,

        @Valeur(
                "Encodage des fichiers reçus : « auto » (UTF-8, sinon windows-1252), ou le nom d'un jeu de caractères, alors imposé.")
        String encodageEntrant,

        @Valeur(
                "Encodage des fichiers écrits, le nom d'un jeu de caractères ; par défaut celui de la page (windows-1252 pour SAV 1.0a), sinon UTF-8.")
        String encodageSortant,

        @Valeur(
                "Modèle du nom des fichiers écrits, pour une page qui n'a pas le sien. Repères : {OI}, {OC}, {FLUX} (le jeton du flux), {VERSION} (V12 pour 1.2), {AAAAMMJJ}, {NNNN} ; {FLUX}, {AAAAMMJJ} et {NNNN} y sont toujours.")
        String nomFichier,

        @Valeur("Par flux, un modèle de nom qui remplace « nomFichier ».")
        Map<String, String> nomsFichiers,

        @Valeur(
                value =
                        "Comment un motif de KO s'écrit : son libellé, son code, ou les deux (« FIMP15 - TRAITEMENT… »). Lu, il l'est sous les trois formes.",
                parmi = {"libelle", "code", "code-libelle"})
        String motifs,

        @Valeur(value = "Lignes au plus dans un fichier reçu ; au-delà il est illisible. 0 : sans limite.", min = 0)
        Integer lignesMax,

        @Valeur(
                value =
                        "Lignes au plus dans un fichier écrit, si c'est moins que hub.emission.lignes. 0 : la limite du hub.",
                min = 0)
        Integer lignesMaxSortant,

        @Valeur(
                value = "Comment le SI est joint pour cet opérateur, si ce n'est pas selon hub.si.mode.",
                parmi = {"rest", "jms", "webhook"})
        String siMode,

        @Valeur(
                "Par flux, ce que les colonnes de ce partenaire ont de particulier : ordre, colonnes absentes, et par champ ses alias, sa longueur, sa présence (O, F, C), le motif qui refuse la ligne quand il manque (vide) ou quand il est faux (faux) ; « \"\" » n'y fait qu'avertir.")
        Map<String, SurchargeFeuille> colonnes,

        @Valeur(
                "Vrai : une annulation qui vient avant le compte rendu de commande reçoit un CR KO à côté de son propre CR (Accès 1.2 §5.7).")
        Boolean crKoAvecAnnulation,

        @Valeur("Vrai : un flux venu hors séquence est signalé par un Mess_OI_Cmd_Acces, là où la table l'admet.")
        Boolean messOiHorsSequence,

        @Valeur("Vrai : Gel_Degel se pratique avec cet opérateur (Accès 1.2 §3.19).")
        Boolean gelDegel,

        @Valeur("Ce que l'opérateur peut commander.") Commande commande,

        @Valeur("Quand les fichiers peuvent être traités et partir.")
        Horaires horaires,

        @Valeur("Les délais et les limites des rendez-vous.")
        Rdv rdv,

        @Valeur("Les signalisations (SAV).") Sav sav,

        @Valeur("Le courriel.") Mail mail) {

    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    public static final Contrat DEFAUT = of(Map.of());

    public Contrat {
        canal = canal == null ? "SFTP" : canal;
        encodageEntrant = encodageEntrant == null ? "auto" : encodageEntrant;
        nomFichier = nomFichier == null ? "{OI}_{OC}_{FLUX}_ACCES_{VERSION}_{AAAAMMJJ}_{NNNN}.csv" : nomFichier;
        nomsFichiers = nomsFichiers == null ? Map.of() : Map.copyOf(nomsFichiers);
        motifs = motifs == null ? "libelle" : motifs;
        lignesMax = lignesMax == null ? 0 : lignesMax;
        lignesMaxSortant = lignesMaxSortant == null ? 0 : lignesMaxSortant;
        colonnes = colonnes == null ? Map.of() : Map.copyOf(colonnes);
        crKoAvecAnnulation = crKoAvecAnnulation != null && crKoAvecAnnulation;
        messOiHorsSequence = messOiHorsSequence != null && messOiHorsSequence;
        gelDegel = gelDegel != null && gelDegel;
        commande = commande == null ? new Commande(null, null, null, null, null, null) : commande;
        horaires = horaires == null ? new Horaires(null, null) : horaires;
        sav = sav == null ? new Sav(null, null, null, null, null, null, null, null, null, null, null) : sav;
        mail = mail == null ? new Mail(null, null, null, null, null, null) : mail;
        rdv = rdv == null ? new Rdv(null, null, null, null) : rdv;
    }

    /** The contract that these values make, by their names in a sheet; what is not named takes its default. */
    public static Contrat of(Map<String, ?> values) {
        return JSON.convertValue(values, Contrat.class);
    }

    /**
     * What the operator may order (Accès 1.2 §3.1: "a contract may forbid construite non identifiée and may restrict
     * TypeRacco and the brassage actor").
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Commande(
            @Valeur(
                    value = "Modèles (TypeRacco) permis. Une commande d'un autre modèle reçoit un AR KO, motif FIMP16.",
                    parmi = {"OI", "STOC", "OC"})
            Set<String> modeles,

            @Valeur(
                    value =
                            "Cas de PTO permis. Une commande d'un autre cas est refusée, motif FIMP01, là où « refusPto » le dit.",
                    parmi = {"a-construire", "identifiee", "non-identifiee"})
            Set<String> casPto,

            @Valeur(
                    value =
                            "Où se refuse un cas de PTO qui n'est pas permis : à l'accusé de réception, ou au compte rendu de commande.",
                    parmi = {"AR", "CR"})
            String refusPto,

            @Valeur(
                    value =
                            "Qui brasse au PM pour cet opérateur ; la commande ne le dit pas. Gardé pour le référentiel ; en attendant, le SI décide.",
                    parmi = {"OI", "OC"})
            String brassage,

            @Valeur(
                    value =
                            "Quand toutes les routes d'un PBO sont données (saturation virtuelle) : refuser la commande (FINT02), donner une route déjà donnée à un autre (solution 1), ou répondre HOTLINE (solution 2). Gardé pour le référentiel ; en attendant, le SI décide.",
                    parmi = {"refus", "solution-1", "solution-2"})
            String saturation,

            @Valeur(
                    value =
                            "Niveau de cofinancement souscrit, en % des lignes : TypeCommandeDemande=AUTO vaut COFI tant qu'il n'est pas atteint, LOCA ensuite. Gardé pour le référentiel ; en attendant, le SI décide.",
                    min = 0,
                    max = 100)
            Integer seuilAuto) {
        public Commande {
            modeles = sorted(modeles == null ? Set.of("OI", "STOC", "OC") : modeles);
            casPto = sorted(casPto == null ? Set.of("a-construire", "identifiee", "non-identifiee") : casPto);
            refusPto = refusPto == null ? "AR" : refusPto;
            brassage = brassage == null ? "OC" : brassage;
            saturation = saturation == null ? "refus" : saturation;
            seuilAuto = seuilAuto == null ? 0 : seuilAuto;
        }

        /** In one order in every reading. */
        private static Set<String> sorted(Set<String> words) {
            return Collections.unmodifiableSet(new TreeSet<>(words));
        }
    }

    /**
     * When files may be treated and may leave, as {@link Plage} reads it. Files are taken into the journal at any time; what
     * may not be treated, composed or sent now waits in its queue.
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Horaires(
            @Valeur(
                    "Plages où les fichiers reçus sont traités, par exemple « lun-ven 08:00-19:30 » ; aucune : à toute heure. Hors plage, le fichier est pris au journal et attend.")
            List<String> traitement,

            @Valeur(
                    "Plages où les fichiers partent, de même écriture ; aucune : à toute heure. Hors plage, les lignes attendent.")
            List<String> emission) {
        public Horaires {
            traitement = traitement == null ? List.of() : List.copyOf(traitement);
            emission = emission == null ? List.of() : List.copyOf(emission);
        }

        /** May its files be treated now? */
        public boolean traite(LocalDateTime now) {
            return Plage.open(traitement, now);
        }

        /** May files leave for it now? */
        public boolean emet(LocalDateTime now) {
            return Plage.open(emission, now);
        }
    }

    /** Delays and limits of appointments (Accès 1.2 §3.15 to §3.18, §5.11). */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Rdv(
            @Valeur(
                    value =
                            "Prévenance : un créneau demandé commence au moins tant d'heures après la réception de la demande. Jugée quand un plan de charge est chargé.",
                    min = 0)
            Integer prevenance,

            @Valeur(
                    value =
                            "Heures au bout desquelles un créneau réservé sans commande est libéré (et au plus tard à la date du rendez-vous). 0 : jamais.",
                    min = 0)
            Integer delaiCommande,

            @Valeur(
                    value =
                            "Reports au plus d'un même rendez-vous ; au-delà, ReponseRdv KO, motif FRDV01. Jugés quand un plan de charge est chargé. 0 : sans limite.",
                    min = 0)
            Integer reportsMax,

            @Valeur(
                    value =
                            "Préavis, en jours ouvrés (lundi à vendredi) avant la date du rendez-vous : plus tard, une modification est refusée (FAUT01) quand un plan de charge est chargé, et une annulation prend effet mais lève une alerte. 0 : sans préavis.",
                    min = 0,
                    max = 30)
            Integer preavis) {
        public Rdv {
            prevenance = prevenance == null ? 0 : prevenance;
            delaiCommande = delaiCommande == null ? 0 : delaiCommande;
            reportsMax = reportsMax == null ? 0 : reportsMax;
            preavis = preavis == null ? 0 : preavis;
        }
    }

    /** How trouble tickets are exchanged (SAV, spec §0.2, §a.5, §b.2, §c, §d.3). */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Sav(
            @Valeur(
                    value = "La version que parle son service : les champs, leurs valeurs et leur orthographe.",
                    parmi = {"2.1", "3.0"})
            String profil,

            @Valeur(
                    value =
                            "Le catalogue des codes retour : V21 (17 = RDV NON DISPONIBLE) ou H18 (101) ; par défaut celui du profil.",
                    parmi = {"V21", "H18"})
            String codes,

            @Valeur(
                    value = "Un champ interdit dans une action : ignoré et noté, ou refusé (code 13).",
                    parmi = {"ignorer", "refuser"})
            String champsInterdits,

            @Valeur(
                    value = "Les références de l'accès qu'une création doit donner.",
                    parmi = {"commercial-et-technique", "commercial", "technique", "commercial-ou-technique"})
            String identifiants,

            @Valeur(
                    value =
                            "Jours calendaires après la clôture pendant lesquels elle peut être requalifiée, le dernier compris.",
                    min = 0)
            Integer requalification,

            @Valeur(value = "Lectures par heure et par nœud ; au-delà, code 7. 0 : sans limite.", min = 0)
            Integer lecturesParHeure,

            @Valeur(
                    value =
                            "Le plan de charge ne répond pas : le rendez-vous AUTO est refusé comme indisponible, ou comme une panne (code 10).",
                    parmi = {"refus", "panne"})
            String planIndisponible,

            @Valeur("Le code de clôture d'un accord d'annulation, quand le SI ne le dit pas.")
            String clotureAnnulation,

            @Valeur("L'adresse de son service, où partent les notifications.")
            String url,

            @Valeur(
                    value = "Comment le hub s'y authentifie.",
                    parmi = {"entete", "basic", "usernametoken", "certificat"})
            String authentification,

            @Valeur("Le nom de compte que le hub y donne.") String login) {
        public Sav {
            profil = profil == null ? "2.1" : profil;
            codes = codes == null ? profil.equals("2.1") ? "V21" : "H18" : codes;
            champsInterdits = champsInterdits == null ? "ignorer" : champsInterdits;
            identifiants = identifiants == null ? "commercial-et-technique" : identifiants;
            requalification = requalification == null ? 7 : requalification;
            lecturesParHeure = lecturesParHeure == null ? 0 : lecturesParHeure;
            planIndisponible = planIndisponible == null ? "refus" : planIndisponible;
            clotureAnnulation = clotureAnnulation == null ? "STT02" : clotureAnnulation;
            authentification = authentification == null ? "entete" : authentification;
        }

        /** The same, where one of the two references of an access is enough (spec SAV §g: "PTO identifier or commercial"). */
        public Sav avecUnIdentifiant() {
            return new Sav(
                    profil,
                    codes,
                    champsInterdits,
                    "commercial-ou-technique",
                    requalification,
                    lecturesParHeure,
                    planIndisponible,
                    clotureAnnulation,
                    url,
                    authentification,
                    login);
        }

        /** Are forbidden fields refused? */
        public boolean strict() {
            return champsInterdits.equals("refuser");
        }
    }

    /** How files are exchanged by mail (spec SAV §g: the two operators exchange an address for each kind). */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Mail(
            @Valeur(
                    "Les adresses d'où il écrit, sans égard aux majuscules ; un courriel d'une autre adresse n'est pas de lui.")
            List<String> adresses,

            @Valeur("Où lui écrire pour les signalisations ; par défaut la première de ses adresses.")
            String sav,

            @Valeur("Où lui écrire pour les prévenances de travaux ; par défaut la première de ses adresses.")
            String prevenance,

            @Valeur("Où lui écrire pour les dommages ; par défaut la première de ses adresses.")
            String dommage,

            @Valeur("Où lui écrire pour les commandes d'accès ; par défaut la première de ses adresses.")
            String acces,

            @Valeur(
                    value =
                            "Ce que notre serveur de courriel doit avoir vérifié de l'expéditeur (Authentication-Results, hub.mail.authserv-id) : rien, SPF, DKIM, ou les deux ; le domaine vérifié est celui de l'adresse. Sinon le courriel est gardé à part.",
                    parmi = {"aucune", "spf", "dkim", "toutes"})
            String verification) {
        public Mail {
            adresses = adresses == null ? List.of() : List.copyOf(adresses);
            verification = verification == null ? "aucune" : verification;
        }

        /** Does it write from this address? */
        public boolean writesFrom(String adresse) {
            return adresses.stream().anyMatch(adresse::equalsIgnoreCase);
        }
    }
}
