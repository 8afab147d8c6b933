package fr.interophub.sav;

import java.util.List;

/** The fields of spec SAV §b that a rule names. */
final class Champs {

    static final String DESCRIPTION = "description";
    static final String KEY = "troubleTicketKey";
    static final String ETAT = "troubleTicketState";
    static final String OC = "serviceProviderID";
    static final String OI = "supplierID";
    static final String REFERENCE_OC = "serviceProviderTroubleTicketKey";
    static final String COMMERCIAL = "commercialId";
    static final String TECHNIQUE = "technicalId";
    static final String TYPE_MESSAGE = "messageType";
    static final String MODE = "appointmentMode";
    static final String CRENEAU = "SUAppointmentManagementId";
    static final List<String> SUGGESTIONS =
            List.of("appointmentSuggestion1", "appointmentSuggestion2", "appointmentSuggestion3");
    static final String PREVUE_LE = "supplierPlannedActionDate";
    static final String RESOLUTION = "supplierResolutionState";
    static final String CODE = "troubleTicketClosureCode";
    static final String LIBELLE = "troubleTicketClosureLabel";
    static final String RESPONSABILITE = "defectResponsability";
    static final String GTR = "closureDuration";
    static final String DATE = "interactionDate";

    static final String CREATE = "CASE CREATE REQUEST";
    static final String AUTO = "AUTO";
    static final String CLOSED = "CLOSED";

    private Champs() {}
}
