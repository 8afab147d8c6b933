package fr.interophub.transport.mail;

import fr.interophub.operateur.Contrat;
import java.util.Optional;

/** The kinds of exchange for which two operators give each other an address (spec SAV §g). */
enum Genre {
    SAV,
    PREVENANCE,
    DOMMAGE,
    ACCES;

    /**
     * The kind that a file is of.
     *
     * @param protocole that of its page
     * @param objet what its flux is about
     */
    static Genre of(String protocole, String objet) {
        if (!protocole.equals("sav")) {
            return ACCES;
        }
        return switch (objet) {
            case "prevenance" -> PREVENANCE;
            case "dommage" -> DOMMAGE;
            default -> SAV;
        };
    }

    /** Where an operator is written to for this kind; none when its sheet gives no address at all. */
    Optional<String> destinataire(Contrat.Mail mail) {
        String own = switch (this) {
            case SAV -> mail.sav();
            case PREVENANCE -> mail.prevenance();
            case DOMMAGE -> mail.dommage();
            case ACCES -> mail.acces();
        };
        return Optional.ofNullable(own).or(() -> mail.adresses().stream().findFirst());
    }
}
