package fr.interophub.transport.soap;

import fr.interophub.echange.Journal;
import fr.interophub.echange.Journal.Etiquette;
import fr.interophub.echange.Sens;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Operateur;
import fr.interophub.sav.Reponse;
import fr.interophub.sav.Signalisations;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.cxf.binding.soap.SoapHeader;
import org.apache.cxf.message.Message;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;

/** What the doors of our web services have in common: who calls, what is kept of the call, and how its effect is written. */
final class Appels {

    static final String CANAL = "SOAP";

    private static final Logger LOG = LoggerFactory.getLogger(Appels.class);
    private static final int ESSAIS = 3;
    private static final int AUTHENTIFICATION = 12;
    private static final int DESACTIVE = 16;

    private final Identification identification;
    private final Journal journal;
    private final Transactions transactions;

    Appels(Identification identification, Journal journal, Transactions transactions) {
        this.identification = identification;
        this.journal = journal;
        this.transactions = transactions;
    }

    /**
     * Who calls.
     *
     * @param oc null when nobody we know
     * @param refus why the door itself refuses the call; null when it does not
     */
    record Appelant(Operateur oc, Reponse refus) {}

    /** Tells who makes a call that could be read: from here on, what fails is ours. */
    Appelant caller(List<SoapHeader> headers, Message message) {
        message.getExchange().put(FauteStable.LU, true);
        HttpServletRequest request = request(message);
        Operateur oc = identification.caller(headers, request);
        Reponse refus = oc == null
                ? new Reponse(null, AUTHENTIFICATION, "ERREUR AUTHENTIFICATION")
                : oc.actif() ? null : new Reponse(null, DESACTIVE, "ACCES DESACTIVE");
        if (refus != null) {
            LOG.warn("Appel SAV refusé de {} : {}, {}", request.getRemoteAddr(), refus.code(), refus.libelle());
        }
        return new Appelant(oc, refus);
    }

    private static HttpServletRequest request(Message message) {
        return (HttpServletRequest) message.get(AbstractHTTPDestination.HTTP_REQUEST);
    }

    /** The envelope as it came, without its password. */
    static byte[] envelope(Message message) {
        return Caviardage.redact(CorpsRecu.of(request(message)).octets());
    }

    /** A fault for what is no message of the contract. */
    static Faute unreadable(Exception why) {
        LOG.warn("Appel SAV illisible : {}", String.valueOf(why.getMessage()).replaceAll("\\p{Cntrl}", " "));
        return Faute.client(Faute.ILLISIBLE);
    }

    /**
     * Keeps the envelope of a call.
     *
     * @param nom what it is called on screens
     */
    UUID keep(Operateur oc, String nom, String operation, String version, byte[] envelope) {
        return journal.keep(
                        Sens.ENTRANT,
                        new Etiquette(oc.code(), CANAL, nom, Signalisations.PROTOCOLE, operation, version),
                        envelope)
                .id();
    }

    /**
     * The envelope and what follows from it, in one transaction (decision Journal-First). Two calls that meet on one access,
     * one ticket or one slot are settled by the store: the one that lost is judged again, over what the other has done.
     */
    <T> T written(Supplier<T> work) {
        for (int essai = 1; ; essai++) {
            try {
                return transactions.run(work);
            } catch (DataIntegrityViolationException | ConcurrencyFailureException e) {
                if (essai == ESSAIS) {
                    throw e;
                }
            }
        }
    }
}
