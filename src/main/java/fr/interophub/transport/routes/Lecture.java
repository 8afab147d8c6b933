package fr.interophub.transport.routes;

import fr.interophub.transport.routes.Dessin.Genre;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RoutesDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Drawings as Camel reads them, piece by piece and new at each reading: Camel changes what it is given. */
final class Lecture {

    private final CamelContext camel;
    private final Model model;

    Lecture(CamelContext camel) {
        this.camel = camel;
        this.model = camel.getCamelContextExtension().getContextPlugin(Model.class);
    }

    private RouteConfigurationBuilder read(Dessin dessin) throws Exception {
        List<RoutesBuilder> read = List.copyOf(PluginHelper.getRoutesLoader(camel)
                .findRoutesBuilders(List.of(ResourceHelper.fromBytes(dessin.nom(), dessin.octets()))));
        RouteConfigurationBuilder builder = (RouteConfigurationBuilder) read.get(0);
        builder.setCamelContext(camel);
        builder.configuration();
        builder.configureRoutes(camel);
        return builder;
    }

    /** Puts a net or a template in the place of the one of its id. */
    void put(Dessins.Placee placee) throws Exception {
        String id = placee.piece().id();
        drop(placee.piece().genre(), id);
        RouteConfigurationBuilder read = read(placee.dessin());
        if (placee.piece().genre() == Genre.FILET) {
            for (RouteConfigurationDefinition net :
                    read.getRouteConfigurationCollection().getRouteConfigurations()) {
                if (id.equals(net.getId())) {
                    model.addRouteConfiguration(net);
                }
            }
        } else {
            for (RouteTemplateDefinition template :
                    read.getRouteTemplateCollection().getRouteTemplates()) {
                if (id.equals(template.getId())) {
                    model.addRouteTemplateDefinition(template);
                }
            }
        }
    }

    /** Takes a net or a template away. */
    void drop(Genre genre, String id) throws Exception {
        if (genre == Genre.FILET) {
            model.getRouteConfigurationDefinitions().removeIf(net -> id.equals(net.getId()));
        } else {
            model.removeRouteTemplateDefinitions(id);
        }
    }

    /**
     * Adds a route, and starts it if the context is started; its net must be there.
     *
     * @param camelId the id that it has for Camel
     * @param source where it takes from, or null for what the drawing says
     */
    void add(Dessins.Placee placee, String camelId, String source) throws Exception {
        RoutesDefinition routes = read(placee.dessin()).getRouteCollection();
        for (RouteDefinition route : List.copyOf(routes.getRoutes())) {
            if (placee.piece().id().equals(route.getId())) {
                route.setId(camelId);
                if (source != null) {
                    route.getInput().setUri(source);
                }
                routes.prepareRoute(route);
                try {
                    model.addRouteDefinition(route);
                } catch (Exception e) {
                    camel.getRouteController().stopRoute(camelId);
                    camel.removeRoute(camelId);
                    model.getRouteDefinitions().remove(route);
                    throw e;
                }
            }
        }
    }
}
