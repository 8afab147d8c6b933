package fr.interophub;

import fr.interophub.crash.Postes;
import fr.interophub.crash.Postes.Mail;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Operateur;
import fr.interophub.sav.JeuParFichiers.Fichier;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A mailbox per OC: it writes to the hub's, it reads its own. */
final class PorteCourriel implements PorteDOc {

    private final Postes postes;

    PorteCourriel(Postes postes) {
        this.postes = postes;
    }

    private static String adresse(String oc) {
        return oc.toLowerCase(Locale.ROOT) + "@oc.test";
    }

    @Override
    public Operateur ouvre(Operateur fiche, Map<String, Object> sav) {
        postes.open(adresse(fiche.code()));
        return new Operateur(
                fiche.code(),
                fiche.nom(),
                fiche.siren(),
                true,
                fiche.versions(),
                null,
                null,
                Contrat.of(Map.of("mail", Map.of("adresses", List.of(adresse(fiche.code()))), "sav", sav)),
                fiche.soap());
    }

    @Override
    public void depose(String oc, Fichier fichier) {
        postes.deliver(
                Postes.SAV,
                new Mail().from(adresse(oc)).subject(fichier.sujet()).file(fichier.nom(), fichier.octets()));
    }

    @Override
    public List<Fichier> releve(String oc) {
        return postes.received(adresse(oc)).stream().map(PorteCourriel::read).toList();
    }

    private static Fichier read(MimeMessage mail) {
        try {
            return new Fichier(Postes.fileName(mail), Postes.fileBytes(mail), mail.getSubject());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
