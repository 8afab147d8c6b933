package fr.interophub.acces;

import fr.interophub.HorlogeDEssai;
import fr.interophub.bacasable.CasPto;
import fr.interophub.bacasable.Modele;
import fr.interophub.bacasable.Specimen;
import fr.interophub.bacasable.Vie;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Page;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Json;
import fr.interophub.echange.Lot;
import fr.interophub.echange.MemoireRegistre;
import fr.interophub.echange.Message;
import fr.interophub.echange.Sens;
import fr.interophub.operateur.Operateur;
import fr.interophub.parc.MemoireParc;
import fr.interophub.rdv.MemoirePlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The order room over a memory, with an OC and an OI that talk through it. */
final class Salle {

    static final Catalogue CATALOGUE = Catalogue.load();
    static final Page PAGE = CATALOGUE.page("acces", "1.2");

    final HorlogeDEssai clock;
    final Specimen specimen;
    final MemoireRegistre registre;
    final MemoireParc parc;
    final MemoirePlan plan;

    /** Kind and text of every alert raised. */
    final List<String> alertes;

    final Operateur oc;
    final Commandes commandes;

    Salle() {
        this(Essai.OCXA);
    }

    Salle(Operateur oc, Controle... controles) {
        this(oc, "1.2", controles);
    }

    /** The same with an SI that speaks this version. */
    Salle(Operateur oc, String siVersion, Controle... controles) {
        this.oc = oc;
        this.clock = new HorlogeDEssai("2026-11-20T10:00:00Z");
        this.specimen = new Specimen(clock, "OIDE");
        this.registre = new MemoireRegistre();
        this.parc = new MemoireParc();
        this.plan = new MemoirePlan();
        this.alertes = new ArrayList<>();
        this.commandes = Essai.commandes(
                CATALOGUE,
                registre,
                parc,
                plan,
                List.of(oc, Essai.OCXB),
                List.of(controles),
                new Alertes() {
                    @Override
                    public void raise(String genre, String sujet, String operateur, String texte) {
                        alertes.add(genre + " " + texte);
                    }

                    @Override
                    public void close(String genre, String sujet) {}
                },
                clock,
                siVersion);
    }

    /** OCXA with a contract that asks for KO motifs in this form. */
    static Operateur motifs(String form) {
        return Essai.contrat(Essai.OCXA, Map.of("motifs", form));
    }

    /** The same room, where another OC speaks. */
    private Salle(Salle first, Operateur oc) {
        this.oc = oc;
        this.commandes = first.commandes;
        this.clock = first.clock;
        this.specimen = first.specimen;
        this.registre = first.registre;
        this.parc = first.parc;
        this.plan = first.plan;
        this.alertes = first.alertes;
    }

    Salle as(Operateur other) {
        return new Salle(this, other);
    }

    /** Lines that come in one lot; what was written about them. */
    @SafeVarargs
    final Lot receive(String flux, Map<String, String>... lignes) {
        return receive(flux, List.of(lignes));
    }

    Lot receive(String flux, List<Map<String, String>> lignes) {
        commandes.receive(Essai.lot(CATALOGUE, oc, flux, lignes, clock.instant()));
        return registre.lots().get(registre.lots().size() - 1);
    }

    Verdict decide(String flux, Map<String, String> champs) {
        return commandes.decide(oc, flux, champs);
    }

    Dossier dossier(Map<String, String> champs) {
        return registre.get(oc.code(), champs.get("ReferenceCommandePriseInterneOC"));
    }

    /** The lines that leave; one that counts in two dossiers is told once. */
    static List<Message> sent(Lot lot) {
        Set<String> lines = new HashSet<>();
        return lot.messages().stream()
                .filter(message ->
                        message.sens() == Sens.SORTANT && lines.add(message.sortieId() + " " + message.ligne()))
                .toList();
    }

    static List<Message> demandes(Lot lot) {
        return lot.messages().stream().filter(Message::demande).toList();
    }

    static Map<String, String> champs(Message message) {
        return Json.read(message.champs());
    }

    /** The text that leaves for one flux. */
    static String text(Lot lot, String flux) {
        return lot.sorties().stream()
                .filter(sortie -> sortie.flux().equals(flux))
                .map(sortie -> sortie.contenu().toString())
                .findFirst()
                .orElse("");
    }

    static String libelle(String code) {
        return PAGE.motif(code).orElseThrow().libelle();
    }

    /** The valid specimen of an order. */
    Map<String, String> commande() {
        return commande(Modele.OI, CasPto.A_CONSTRUIRE);
    }

    Map<String, String> commande(Modele modele, CasPto cas) {
        return specimen.cmdAcces(specimen.open(oc.code(), modele, cas));
    }

    /** The same with one field changed. */
    static Map<String, String> with(Map<String, String> champs, String champ, String valeur) {
        Map<String, String> changed = new HashMap<>(champs);
        changed.put(champ, valeur);
        return changed;
    }

    /** Opens an order of this model and goes on with it. */
    Affaire affaire(Modele modele, CasPto cas) {
        return affaire(modele, cas, Map.of());
    }

    /** The same, the order saying this. */
    Affaire affaire(Modele modele, CasPto cas, Map<String, String> voulus) {
        return new Affaire(modele, cas, voulus);
    }

    /** One order, and what both parties know of it. */
    final class Affaire {

        private final Vie oc;
        private final Vie oi;
        final Map<String, String> commande;

        private Affaire(Modele modele, CasPto cas, Map<String, String> voulus) {
            this.oc = specimen.open(Salle.this.oc.code(), modele, cas);
            this.oi = specimen.facing(oc);
            this.commande = specimen.champs("Cmd_Acces", null, "", oc, voulus);
            receive("Cmd_Acces", commande);
            heard("Cmd_Acces", commande);
        }

        void heard(String flux, Map<String, String> champs) {
            oc.remember(flux, champs);
            oi.remember(flux, champs);
        }

        Dossier dossier() {
            return Salle.this.dossier(commande);
        }

        /** What the OC would say now. */
        Map<String, String> ofOc(String flux, Issue issue) {
            return specimen.champs(flux, issue, "", oc, Map.of());
        }

        /** What the OI would say now. */
        Map<String, String> ofOi(String flux, Issue issue) {
            return specimen.champs(flux, issue, "", oi, Map.of());
        }

        Lot oc(String flux, Issue issue) {
            Map<String, String> champs = ofOc(flux, issue);
            heard(flux, champs);
            return receive(flux, champs);
        }

        /** The OI says it, and it must be allowed. */
        Affaire oi(String flux, Issue issue) {
            Map<String, String> champs = ofOi(flux, issue);
            if (!(decide(flux, champs) instanceof Verdict.Ok)) {
                throw new AssertionError(decide(flux, champs));
            }
            heard(flux, champs);
            return this;
        }
    }
}
