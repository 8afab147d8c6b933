package fr.interophub.transport.soap;

import fr.interophub.HubEnMarche;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceIT {
    private HubEnMarche hub;

    @BeforeAll
    void start() {
        hub = HubEnMarche.with(new Class<?>[] {SignalisationsDEssai.Wiring.class});
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    void show(String what, HttpResponse<String> r) {
        System.out.println(
                "=== " + what + " " + r.statusCode() + " " + r.headers().firstValue("content-type") + "\n" + r.body());
    }

    @Test
    void probe() throws Exception {
        URI u = hub.url();
        show("create", Essai.post(u, "2.1", Essai.sample("2.1", "01-create-no-rdv")));
        show("get", Essai.post(u, "3.0", Essai.sample("3.0", "17-get-by-key").replace("OI-2015-000123", "OI-1")));
        show("meta", Essai.post(u, "2.1", Essai.sample("2.1", "22-meta-operations-request")));
        show(
                "nohead",
                Essai.post(
                        u,
                        "2.1",
                        Essai.sample("2.1", "01-create-no-rdv")
                                .replaceAll("(?s)<soapenv:Header>.*</soapenv:Header>", "")));
        show(
                "wrong",
                Essai.post(u, "2.1", Essai.sample("2.1", "01-create-no-rdv").replace("demo-ocxa", "x")));
        show(
                "panne",
                Essai.post(
                        u,
                        "2.1",
                        Essai.sample("2.1", "01-create-no-rdv").replace("Signal perdu depuis ce matin", "PANNE")));
        show("broken", Essai.post(u, "2.1", "<a><b>"));
        show(
                "doctype",
                Essai.post(
                        u,
                        "2.1",
                        Essai.sample("2.1", "01-create-no-rdv").replace("?>", "?><!DOCTYPE a [<!ENTITY x 'y'>]>")));
        show(
                "unknownop",
                Essai.post(
                        u,
                        "2.1",
                        Essai.sample("2.1", "22-meta-operations-request")
                                .replace("getSupportedOptionalOperationsRequest", "queryRequest")));
        show(
                "soap12",
                Essai.post(
                        u,
                        "2.1",
                        Essai.sample("2.1", "22-meta-operations-request")
                                .replace(
                                        "http://schemas.xmlsoap.org/soap/envelope/",
                                        "http://www.w3.org/2003/05/soap-envelope")));
        show(
                "action",
                Essai.send(Essai.request(u, "2.1")
                        .header("SOAPAction", "\"getEventTypes\"")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                                Essai.sample("2.1", "22-meta-operations-request")))));
        show(
                "desc",
                Essai.post(
                        u,
                        "2.1",
                        Essai.sample("2.1", "22-meta-operations-request")
                                .replace(
                                        "<co:getSupportedOptionalOperationsRequest/>",
                                        "<co:getEventDescriptorRequest><co:eventType>x</co:eventType></co:getEventDescriptorRequest>")));
        show("wsdl", Essai.send(java.net.http.HttpRequest.newBuilder(u.resolve("/services/sav/v2.1?wsdl"))));
        show("list", Essai.send(java.net.http.HttpRequest.newBuilder(u.resolve("/services"))));
        show(
                "nested",
                Essai.post(
                        u,
                        "2.1",
                        "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Body>"
                                + "<a>".repeat(10000) + "</a>".repeat(10000) + "</soapenv:Body></soapenv:Envelope>"));
    }
}
