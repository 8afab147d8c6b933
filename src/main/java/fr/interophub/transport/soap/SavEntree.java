package fr.interophub.transport.soap;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.operateur.Operateur;
import fr.interophub.sav.Appel;
import fr.interophub.sav.Lecture;
import fr.interophub.sav.Reponse;
import fr.interophub.sav.Signalisations;
import fr.interophub.transport.soap.Lecteur.Illisible;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The verbs of the drawing {@code sav-entree}: who calls, what is asked, and the answer in the caller's profile. */
public final class SavEntree {

    private static final Logger LOG = LoggerFactory.getLogger(SavEntree.class);

    private final Appels appels;
    private final Signalisations signalisations;
    private final Introspection introspection;
    private final Catalogue catalogue;
    private final Espaces espaces;
    private final String siren;

    /** @param siren ours */
    SavEntree(
            Appels appels,
            Signalisations signalisations,
            Introspection introspection,
            Catalogue catalogue,
            Espaces espaces,
            String siren) {
        this.appels = appels;
        this.signalisations = signalisations;
        this.introspection = introspection;
        this.catalogue = catalogue;
        this.espaces = espaces;
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
            throw Appels.unreadable(e);
        }
        Appels.Appelant appelant = appels.caller(payload.getHeaders(), message);
        if (appelant.refus() == null) {
            notice(appelant.oc(), requete, profil);
        }
        return new Recu(appelant.oc(), appelant.refus(), requete, profil, Appels.envelope(message));
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

    private void notice(Operateur oc, Requete requete, Profil profil) {
        if (!requete.ignores().isEmpty()) {
            LOG.info("{} : éléments ignorés dans {} : {}", oc.code(), requete.operation(), requete.ignores());
        }
        if (requete.espace() != null && espaces.remember(oc, profil, requete.espace())) {
            LOG.warn("{} écrit son bloc SAV dans l'espace {}", oc.code(), requete.espace());
        }
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
        return found(recu, appels.written(() -> {
            keep(recu);
            return signalisations.read(recu.oc(), criteria, recu.requete().attrNames());
        }));
    }

    /** What the service says of itself. */
    public CxfPayload<SoapHeader> introspect(@Body Recu recu) {
        return payload(introspection.answer(recu.operation(), recu.oc(), recu.profil()));
    }

    private Reponse effect(Recu recu, BiFunction<Operateur, Appel, Reponse> service) {
        return appels.written(() -> service.apply(
                recu.oc(), new Appel(recu.description(), recu.requete().champs(), keep(recu), Appels.CANAL)));
    }

    private UUID keep(Recu recu) {
        String nom = recu.description() == null ? recu.operation() : recu.description();
        return appels.keep(recu.oc(), nom, recu.operation(), recu.profil().version(), recu.enveloppe());
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
