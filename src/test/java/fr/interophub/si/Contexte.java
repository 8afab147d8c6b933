package fr.interophub.si;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.interophub.BaseDEssai;
import fr.interophub.HorlogeDEssai;
import fr.interophub.acces.Commandes;
import fr.interophub.bacasable.CasPto;
import fr.interophub.bacasable.Modele;
import fr.interophub.bacasable.Specimen;
import fr.interophub.bacasable.Vie;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.CsvFile;
import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Issue;
import fr.interophub.echange.Acheminement;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.EchangeDEssai;
import fr.interophub.echange.Ids;
import fr.interophub.echange.LotDeLignes;
import fr.interophub.echange.Ouverture;
import fr.interophub.echange.Registre;
import fr.interophub.echange.Sens;
import fr.interophub.echange.Transmission;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.AnnuaireDEssai;
import fr.interophub.operateur.Operateur;
import fr.interophub.parc.ParcDEssai;
import fr.interophub.rdv.RdvDEssai;
import fr.interophub.sav.MemoireCreneaux;
import fr.interophub.sav.SavDEssai;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;

/** The SI's room and those it leans on, over a store of the tests. */
final class Contexte {

    private static final Catalogue CATALOGUE = Catalogue.load();

    final BaseDEssai base;
    final HorlogeDEssai clock = new HorlogeDEssai("2026-11-20T10:00:00Z");
    final Specimen specimen = new Specimen(clock, "OIDE");
    final Registre registre;
    final Decisions decisions;
    final Demandes demandes;
    final DemandesEnVol enVol;
    private final Operateur oc;
    private final Commandes commandes;

    Contexte(BaseDEssai base) {
        this(base, AnnuaireDEssai.operateur("OCXA"), "1.2");
    }

    Contexte(BaseDEssai base, Operateur oc, String siVersion) {
        this.base = base;
        this.oc = oc;
        ObjectMapper json = Jackson2ObjectMapperBuilder.json().build();
        Annuaire annuaire = AnnuaireDEssai.of(base, oc);
        EchangeDEssai echange = new EchangeDEssai(base, clock);
        registre = echange.registre();
        commandes = new Commandes(
                CATALOGUE,
                new Commandes.Voisins(
                        registre,
                        ParcDEssai.parc(base, clock),
                        RdvDEssai.plan(base),
                        annuaire,
                        echange.compteurs(),
                        Alertes.SILENCE),
                List.of(),
                lot -> {},
                base.transactions(),
                clock,
                new Commandes.Reglages("OIDE", "rest", siVersion));
        decisions = new Decisions(
                commandes,
                SavDEssai.of(base, registre, ParcDEssai.parc(base, clock), new MemoireCreneaux(), clock),
                annuaire,
                base.jdbc(),
                json,
                base.transactions(),
                clock);
        demandes = new Demandes(base.jdbc(), base.transactions(), clock, CATALOGUE, siVersion);
        enVol = new DemandesEnVol(base.jdbc(), demandes, annuaire, CATALOGUE, base.transactions(), clock, "rest");
    }

    /** An order that the hub has acknowledged, as the OI knows it. */
    Vie acknowledged() {
        return acknowledged(Map.of());
    }

    /** The same, the order saying this too. */
    Vie acknowledged(Map<String, String> more) {
        Vie vie = specimen.open("OCXA", Modele.OI, CasPto.A_CONSTRUIRE);
        Map<String, String> champs = new HashMap<>(specimen.cmdAcces(vie));
        champs.putAll(more);
        vie.remember("Cmd_Acces", champs);
        String version = oc.versions().get("acces");
        FluxSheet sheet = CATALOGUE.page("acces", version).feuille("Cmd_Acces");
        Transmission file = new Transmission(
                Ids.next(),
                Sens.ENTRANT,
                "OCXA",
                "SFTP",
                "cmd.csv",
                "",
                0,
                "acces",
                "Cmd_Acces",
                version,
                1L,
                0,
                Acheminement.RECU,
                null,
                clock.instant(),
                null);
        commandes.receive(new LotDeLignes(
                new Ouverture(null, file, oc, new CsvFile.FileForm(sheet, StandardCharsets.UTF_8, new int[0], 1)),
                0,
                List.of(sheet.ligne(2, champs)),
                false));
        return vie;
    }

    /** The CR OK that the OI could say of it. */
    Map<String, String> cr(Vie vie) {
        return specimen.champs("CR_Cmd_Acces", Issue.OK, "", vie, Map.of());
    }

    String etat(Vie vie) {
        return base.transactions()
                .run(() -> registre.findForUpdate("OCXA", "commande", List.of(vie.reference()))
                        .get(vie.reference())
                        .vieEnUneLigne());
    }
}
