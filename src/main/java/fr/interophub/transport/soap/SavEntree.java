package fr.interophub.transport.soap;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.echange.Journal;
import fr.interophub.echange.Sens;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Operateur;
import fr.interophub.sav.Appel;
import fr.interophub.sav.Lecture;
import fr.interophub.sav.Reponse;
import fr.interophub.sav.Signalisations;
import fr.interophub.transport.soap.Lecteur.Illisible;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import javax.xml.stream.XMLStreamReader;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.component.cxf.common.CxfPayload;
import org.apache.camel.component.cxf.common.message.CxfConstants;
import org.apache.cxf.binding.soap.SoapHeader;
import org.apache.cxf.message.Message;
import org.apache.cxf.staxutils.StaxUtils;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The verbs of the drawing {@code sav-entree}: who calls, what is asked, and the answer in the caller's profile. */
public final class SavEntree {

    static final String CANAL = "SOAP";

    private static final Logger LOG = LoggerFactory.getLogger(SavEntree.class);
    private static final int ESSAIS = 3;
    private static final int AUTHENTIFICATION = 12;
    private static final int DESACTIVE = 16;

    private final Identification identification;
    private final Signalisations signalisations;
    private final Introspection introspection;
    private final Catalogue catalogue;
    private final Espaces espaces;
    private final Journal journal;
    private final Transactions transactions;
    private final String siren;

    /** @param siren ours */
    SavEntree(
            Identification identification,
            Signalisations signalisations,
            Introspection introspection,
            Catalogue catalogue,
            Espaces espaces,
            Journal journal,
            Transactions transactions,
            String siren) {
        this.identification = identification;
        this.signalisations = signalisations;
        this.introspection = introspection;
        this.catalogue = catalogue;
        this.espaces = espaces;
        this.journal = journal;
        this.transactions = transactions;
        this.siren = siren;
    }

    /**
     * A call that has been read.
     *
     * @param oc who calls; null when nobody we know
     * @param refus why the door itself refuses it; null when it does not
     * @param enveloppe as it came, without its password
     */
    public record Recu(Operateur oc, Reponse refus, Requete requete, Profil profil, byte[] enveloppe) {
        public String operation() {
            return requete.operation();
        }

        /** The action of the protocol, in its own spelling. */
        public String description() {
            return requete.champs().get("description");
        }

        /** May its caller be answered with a return code? Introspection has none. */
        public boolean codeRetour() {
            return requete.operation().endsWith("TroubleTicketByValue")
                    || requete.operation().endsWith("ByKey");
        }

        /** Itself alone: the drawing looks a call up by its hash at each question, and its values are many. */
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** Reads the call, whoever makes it, and tells who that is. */
    public Recu read(
            @Body CxfPayload<SoapHeader> payload,
            @Header("profil") String version,
            @Header(CxfConstants.CAMEL_CXF_MESSAGE) Message message) {
        Profil profil = Profil.of(version);
        Requete requete;
        try {
            XMLStreamReader body =
                    StaxUtils.createXMLStreamReader(payload.getBodySources().get(0));
            requete = normal(Lecteur.request(body), profil);
        } catch (Illisible e) {
            LOG.warn("Appel SAV illisible : {}", String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}", " "));
            throw Faute.client(Faute.ILLISIBLE);
        }
        message.getExchange().put(FauteStable.LU, true);
        HttpServletRequest request = (HttpServletRequest) message.get(AbstractHTTPDestination.HTTP_REQUEST);
        Operateur known = (Operateur) request.getAttribute(PorteSoap.OPERATEUR);
        Operateur oc = caller(payload.getHeaders(), known);
        Reponse refus = oc == null
                ? new Reponse(null, AUTHENTIFICATION, "ERREUR AUTHENTIFICATION")
                : oc.actif() ? null : new Reponse(null, DESACTIVE, "ACCES DESACTIVE");
        if (refus != null) {
            LOG.warn("Appel SAV refusé de {} : {}, {}", request.getRemoteAddr(), refus.code(), refus.libelle());
        } else {
            notice(oc, requete, profil);
        }
        return new Recu(
                oc, refus, requete, profil, Caviardage.redact(corps(request).octets()));
    }

    /** The action in the protocol's own spelling, whatever the case, the accents and the alias (spec SAV §0.2). */
    private Requete normal(Requete said, Profil profil) {
        said.champs()
                .computeIfPresent(
                        "description",
                        (champ, value) -> catalogue
                                .page(Signalisations.PROTOCOLE, profil.version())
                                .grille()
                                .orElseThrow()
                                .canonique(champ, value));
        return said;
    }

    private static CorpsRecu corps(HttpServletRequest request) {
        HttpServletRequest each = request;
        while (!(each instanceof CorpsRecu)) {
            each = (HttpServletRequest) ((HttpServletRequestWrapper) each).getRequest();
        }
        return (CorpsRecu) each;
    }

    private void notice(Operateur oc, Requete requete, Profil profil) {
        if (!requete.ignores().isEmpty()) {
            LOG.info("{} : éléments ignorés dans {} : {}", oc.code(), requete.operation(), requete.ignores());
        }
        if (requete.espace() != null && espaces.remember(oc, profil, requete.espace())) {
            LOG.warn("{} écrit son bloc SAV dans l'espace {}", oc.code(), requete.espace());
        }
    }

    /** The login header, if there is one, must be right, and of the same operator as what HTTP or TLS told. */
    private Operateur caller(List<SoapHeader> headers, Operateur known) {
        for (SoapHeader header : headers) {
            if (header.getName().getLocalPart().equals("TroubleTicketHeaderRequest")
                    && header.getObject() instanceof Element element) {
                Optional<Operateur> said = identification.login(text(element, "LoginName"), text(element, "Password"));
                return said.filter(oc -> known == null || known.code().equals(oc.code()))
                        .orElse(null);
            }
        }
        return known;
    }

    private static String text(Element header, String name) {
        NodeList found = header.getElementsByTagNameNS("*", name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    }

    /** The door's own refusal; introspection has no return code, so it is told by the declared fault. */
    public CxfPayload<SoapHeader> refuse(@Body Recu recu) {
        if (!recu.codeRetour()) {
            throw Faute.declared(
                    "Client", recu.operation(), "remoteException", recu.refus().libelle());
        }
        return recu.operation().equals("getTroubleTicketByKey")
                ? found(recu, new Lecture(recu.refus(), Map.of()))
                : answered(recu, recu.refus());
    }

    /** CASE CREATE REQUEST. */
    public CxfPayload<SoapHeader> create(@Body Recu recu) {
        return answered(recu, effect(recu, signalisations::create));
    }

    /** Any action on a ticket that exists. */
    public CxfPayload<SoapHeader> set(@Body Recu recu) {
        return answered(recu, effect(recu, signalisations::set));
    }

    /**
     * A read, in either shape: with its criteria, or, as clients of the published 3.0 contract do, by the key alone; who asks
     * whom is then known from the door (spec SAV §a.4).
     */
    public CxfPayload<SoapHeader> get(@Body Recu recu) {
        Map<String, String> criteria = new LinkedHashMap<>(recu.requete().champs());
        if (!recu.requete().critereEtendu()) {
            criteria.put("serviceProviderID", recu.oc().siren());
            criteria.put("supplierID", siren);
        }
        return found(recu, written(() -> {
            keep(recu);
            return signalisations.read(recu.oc(), criteria, recu.requete().attrNames());
        }));
    }

    /** What the service says of itself. */
    public CxfPayload<SoapHeader> introspect(@Body Recu recu) {
        return payload(introspection.answer(recu.operation(), recu.oc(), recu.profil()));
    }

    private Reponse effect(Recu recu, BiFunction<Operateur, Appel, Reponse> service) {
        return written(() -> service.apply(
                recu.oc(), new Appel(recu.description(), recu.requete().champs(), keep(recu), CANAL)));
    }

    private UUID keep(Recu recu) {
        return journal.keep(
                        Sens.ENTRANT,
                        recu.oc().code(),
                        CANAL,
                        recu.description() == null ? recu.operation() : recu.description(),
                        Signalisations.PROTOCOLE,
                        recu.operation(),
                        recu.profil().version(),
                        recu.enveloppe())
                .id();
    }

    /**
     * The envelope and what follows from it, in one transaction (decision Journal-First). Two calls that meet on one access
     * or one ticket are settled by the store: the one that lost is judged again, over what the other has done.
     */
    private <T> T written(Supplier<T> work) {
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

    private static CxfPayload<SoapHeader> answered(Recu recu, Reponse reponse) {
        return payload(Redacteur.answer(
                recu.profil(), recu.operation(), reponse.troubleTicketKey(), reponse.code(), reponse.libelle()));
    }

    private CxfPayload<SoapHeader> found(Recu recu, Lecture lecture) {
        Reponse reponse = lecture.reponse();
        String espace = recu.oc() == null ? recu.profil().espace() : espaces.of(recu.oc(), recu.profil());
        return payload(Redacteur.found(
                recu.profil(),
                espace,
                reponse.troubleTicketKey(),
                reponse.code(),
                reponse.libelle(),
                lecture.champs()));
    }

    private static CxfPayload<SoapHeader> payload(String body) {
        return new CxfPayload<>(List.of(), List.<Source>of(new StreamSource(new StringReader(body))), Map.of());
    }
}
