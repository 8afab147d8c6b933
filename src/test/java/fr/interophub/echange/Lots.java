package fr.interophub.echange;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Issue;
import fr.interophub.operateur.Feuilles;
import fr.interophub.operateur.Operateur;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Lots of messages as a protocol room would fill them, without a protocol. */
public final class Lots {

    public static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private static final Catalogue CATALOGUE = Catalogue.load();

    private Lots() {}

    public static Dossier dossier(String operateur, String cle) {
        return Dossier.open("commande", "acces", "1.2", operateur, cle, "e".repeat(64), "RECUE", NOW);
    }

    static Message message(Lot lot, Dossier dossier, int rang, String flux, Message.Nature nature, String champs) {
        return message(lot, dossier, rang, flux, nature, champs, false);
    }

    private static Message message(
            Lot lot, Dossier dossier, int rang, String flux, Message.Nature nature, String champs, boolean demande) {
        return new Message(
                Ids.next(),
                dossier == null ? null : dossier.id(),
                rang,
                dossier == null ? "OCXA" : dossier.operateur(),
                Sens.ENTRANT,
                "acces",
                flux,
                "1.2",
                Issue.OK,
                nature,
                "SFTP",
                null,
                lot.id(),
                null,
                2,
                null,
                dossier == null ? null : dossier.etat(),
                demande,
                NOW,
                champs,
                null);
    }

    /** A lot of so many messages, every other of which is a demande. */
    public static Lot demandes(String mode, int nombre) {
        Lot lot = new Lot(mode);
        for (int i = 0; i < nombre; i++) {
            lot.add(message(lot, null, 0, "Cmd_Acces", null, "{\"N\":\"silence\"}"));
            lot.add(message(lot, null, 0, "Cmd_Acces", null, "{\"N\":\"" + i + "\"}", true));
        }
        return lot;
    }

    /** A lot with a demande about each of these dossiers, in their order; one may come several times. */
    public static Lot demandes(String mode, List<Dossier> dossiers) {
        Lot lot = new Lot(mode);
        for (Dossier dossier : dossiers) {
            lot.add(message(lot, dossier, 0, "Cmd_Acces", null, "{\"N\":\"" + dossier.cle() + "\"}", true));
        }
        return lot;
    }

    /** Lines of one flux that leave; of one dossier, or of as many as there are lines when it is null. */
    static Lot sortie(Operateur operateur, String flux, UUID dossier, String... lignes) {
        Lot lot = new Lot("rest");
        String version = operateur.versions().get("acces");
        for (String ligne : lignes) {
            Lot.Sortie sortie = lot.sortie(operateur, Feuilles.of(CATALOGUE.page("acces", version), flux, operateur));
            sortie.contenu().append(ligne).append('\n');
            sortie.next(dossier == null ? Ids.next() : dossier);
        }
        lot.add(message(lot, null, 0, flux, null, "{}"));
        return lot;
    }
}
