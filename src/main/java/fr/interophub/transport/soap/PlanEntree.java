package fr.interophub.transport.soap;

import fr.interophub.operateur.Operateur;
import fr.interophub.sav.Reponse;
import fr.interophub.sav.ServicePlanDeCharge;
import fr.interophub.sav.ServicePlanDeCharge.Etat;
import fr.interophub.sav.ServicePlanDeCharge.Rendu;
import fr.interophub.transport.soap.Lecteur.Illisible;
import java.io.StringReader;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.namespace.QName;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.component.cxf.common.CxfPayload;
import org.apache.camel.component.cxf.common.message.CxfConstants;
import org.apache.cxf.binding.soap.SoapHeader;
import org.apache.cxf.message.Message;
import org.apache.cxf.staxutils.StaxUtils;
import org.w3c.dom.Element;

/** The verbs of the drawing {@code plan-de-charge}: what an OC asks of our planning service, and the answer. */
public final class PlanEntree {

    static final String ESPACE = "http://interop-fibre.fr";

    private static final String ENTETE = "EnteteType";
    private static final String VERSION = "1.0";
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final List<String> CHAMPS_ENTETE = List.of("versionWS", "horodatageRequete", "sirenOC", "sirenOI");
    private static final Set<String> CHAMPS = Set.of(
            "typeIntervention",
            "natureProduit",
            "segmentMarche",
            "technicalId",
            "commercialId",
            "codeInsee",
            "dateDebut",
            "dateFin",
            "defectPrelocalization",
            "idCreneau",
            "idRendezVous",
            "idRendezvous",
            "natureReport");

    private final Appels appels;
    private final ServicePlanDeCharge service;
    private final Clock clock;

    PlanEntree(Appels appels, ServicePlanDeCharge service, Clock clock) {
        this.appels = appels;
        this.service = service;
        this.clock = clock;
    }

    /**
     * A call that has been read, and whose caller is known.
     *
     * @param element the name of its element, without {@code Requete}
     * @param champs its fields and those of its header
     * @param enveloppe as it came, without its password
     */
    public record Recu(Operateur oc, String element, Map<String, String> champs, byte[] enveloppe) {

        /** The operation, which begins with a small letter. */
        public String operation() {
            return Character.toLowerCase(element.charAt(0)) + element.substring(1);
        }
    }

    /** Reads the call, and turns away whoever is not known or no longer admitted. */
    public Recu read(@Body CxfPayload<SoapHeader> payload, @Header(CxfConstants.CAMEL_CXF_MESSAGE) Message message) {
        Requete requete;
        try {
            requete = Lecteur.flat(
                    StaxUtils.createXMLStreamReader(payload.getBodySources().get(0)), "Requete", CHAMPS);
        } catch (Illisible e) {
            throw Appels.unreadable(e);
        }
        Appels.Appelant appelant = appels.caller(payload.getHeaders(), message);
        if (appelant.refus() != null) {
            throw fault(appelant.refus());
        }
        Map<String, String> champs = new LinkedHashMap<>(requete.champs());
        for (SoapHeader header : payload.getHeaders()) {
            if (header.getName().getLocalPart().equals(ENTETE) && header.getObject() instanceof Element element) {
                CHAMPS_ENTETE.forEach(champ -> {
                    String said = Identification.text(element, champ);
                    if (!said.isEmpty()) {
                        champs.put(champ, said);
                    }
                });
            }
        }
        return new Recu(appelant.oc(), requete.operation(), champs, Appels.envelope(message));
    }

    /** Does what is asked; what the contract refuses is a declared fault, a slot that is gone is a KO. */
    public CxfPayload<SoapHeader> answer(@Body Recu recu) {
        Rendu rendu = appels.written(() -> {
            appels.keep(recu.oc(), recu.operation(), recu.operation(), VERSION, recu.enveloppe());
            return service.call(recu.oc(), recu.operation(), recu.champs());
        });
        if (rendu.disponible() && rendu.reponse().code() != 0) {
            throw fault(rendu.reponse());
        }
        return new CxfPayload<>(
                List.of(header(recu)),
                List.<Source>of(new StreamSource(new StringReader(body(recu.element(), rendu)))),
                Map.of());
    }

    private static Faute fault(Reponse refus) {
        return Faute.info(refus.code(), refus.libelle());
    }

    private SoapHeader header(Recu recu) {
        StringBuilder xml = new StringBuilder();
        simple(xml, "versionWS", recu.champs().getOrDefault("versionWS", VERSION));
        simple(xml, "horodatageRequete", recu.champs().get("horodatageRequete"));
        simple(xml, "horodatageReponse", date(clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        simple(xml, "sirenOC", recu.champs().get("sirenOC"));
        simple(xml, "sirenOI", recu.champs().get("sirenOI"));
        return new SoapHeader(new QName(ESPACE, ENTETE), Faute.element(element(ENTETE, xml)));
    }

    private static String body(String element, Rendu rendu) {
        StringBuilder xml = new StringBuilder();
        simple(xml, "codeReponse", rendu.disponible() ? "OK" : "KO");
        if (element.equals("RechercheCreneauxLibres")) {
            xml.append("<listeCreneau>");
            rendu.creneaux().forEach(slot -> {
                xml.append("<occCreneau>");
                simple(xml, "dateDebut", date(slot.debut()));
                simple(xml, "dateFin", date(slot.fin()));
                simple(xml, "idOI", slot.idOI());
                xml.append("</occCreneau>");
            });
            xml.append("</listeCreneau>");
        } else if (element.equals("ReservationCreneau")) {
            simple(xml, "idRendezvous", rendu.idRendezvous());
        }
        rendu.etat().ifPresent(etat -> told(xml, etat));
        return element(element + "Reponse", xml);
    }

    private static void told(StringBuilder xml, Etat etat) {
        simple(xml, "idRendezVous", etat.idRendezVous());
        simple(xml, "dateDebut", date(etat.debut()));
        simple(xml, "dateFin", date(etat.fin()));
        for (String champ : List.of("codeInsee", "typeIntervention", "natureProduit", "segmentMarche")) {
            simple(xml, champ, etat.champs().get(champ));
        }
        simple(xml, "statutRendezVous", etat.confirme() ? "CONFIRME" : "CREE");
        simple(xml, "referencePrestationPrise", etat.champs().get("commercialId"));
    }

    private static void simple(StringBuilder xml, String name, String value) {
        if (value != null) {
            xml.append('<').append(name).append('>');
            xml.append(Redacteur.escape(value)).append("</").append(name).append('>');
        }
    }

    private static String element(String name, CharSequence content) {
        return "<p:%1$s xmlns:p=\"%2$s\">%3$s</p:%1$s>".formatted(name, ESPACE, content);
    }

    private static String date(Instant instant) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atZone(PARIS));
    }
}
