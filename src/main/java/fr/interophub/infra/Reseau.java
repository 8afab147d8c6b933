package fr.interophub.infra;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the registers hold of what some orders ask for; each question is asked once for all of them. */
interface Reseau {

    /** A PM. */
    record Pm(String reference, String etat, int fibres, int logements, String technique, String localisation) {}

    /** A PM as an OC has ordered it. */
    record Prestation(String reference, String operateur, String pm, String financement) {}

    /** A part of a building: all of it where neither building, stair nor floor is named. */
    record Partie(
            String immeuble,
            String hexacle,
            String voie,
            String batiment,
            String escalier,
            String etage,
            String etat,
            String pm,
            String pbo,
            boolean adduction,
            String depuis) {}

    record Pto(String reference, String immeuble, String pbo) {}

    /** A route optique, and the fields by which a CR_Cmd_Acces tells it, but for the number of its block. */
    record Route(
            String pm,
            String module,
            String position,
            String pbo,
            String prise,
            String dediee,
            Map<String, String> champs) {}

    /**
     * What an order holds.
     *
     * @param prise its socket; empty while it is HOTLINE
     * @param routePrise the socket whose routes it was given: its own, or under virtual saturation another's
     * @param pbo where it was built; empty for a socket that was there
     * @param construite true once the socket is there
     */
    record Attribution(
            String operateur,
            String commande,
            UUID dossier,
            String modele,
            String prise,
            String routePrise,
            String prestation,
            String pm,
            String pbo,
            String retenu,
            boolean construite,
            Instant reservee) {}

    Map<String, Pm> pms(Collection<String> references);

    Map<String, Prestation> prestations(Collection<String> references);

    /** The parts that stand at one of these addresses: hexaclés, or {@link Partie#voie}. */
    List<Partie> parties(Collection<String> hexacles, Collection<String> voies);

    Map<String, Pto> ptos(Collection<String> references);

    /** The routes that end at these sockets, by socket, in the order of its connectors. */
    Map<String, List<Route>> routes(Collection<String> prises);

    /**
     * Free routes of these PBOs, which are held until the end of the transaction: nobody else gives their routes meanwhile.
     *
     * @param combien as many as that of each PBO, and as many again for each OC that has fibres of its own there
     */
    Map<String, List<Route>> free(Collection<String> pbos, int combien);

    /** The sockets of these PBOs that are reserved and not in service yet, by PBO: those given to the fewest first, then the oldest. */
    Map<String, List<String>> reserved(Collection<String> pbos);

    /** How many lines of these PMs an OC holds as COFI. */
    Map<String, Integer> cofi(String operateur, Collection<String> pms);

    /** Writes what was given: attributions, the sockets that are to be built, and the routes that end there from now on. */
    void give(List<Attribution> attributions, List<Pto> ptos, Map<Route, String> routes);

    /**
     * An order holds nothing any more. A route that no socket was built for is free again, or its socket is that of another
     * order that was given it too.
     *
     * @param construite true if the socket is there
     * @param saufModeleOC true if that is not so in model OC
     */
    void release(String operateur, String commande, boolean construite, boolean saufModeleOC);

    /** The socket of an order is there. */
    void built(String operateur, String commande);

    /** Its line is in service. */
    void inService(String operateur, String commande);
}
