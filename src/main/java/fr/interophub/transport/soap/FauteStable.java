package fr.interophub.transport.soap;

import java.util.Set;
import java.util.function.Function;
import org.apache.cxf.binding.soap.SoapFault;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.service.model.BindingOperationInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last gate of every fault: no internal message leaves, whatever went wrong and wherever (spec SAV §a.6). What failed
 * before the call was read is the caller's; what failed after is ours.
 */
final class FauteStable extends AbstractSoapInterceptor {

    /** Set on the exchange of CXF once the call has been read. */
    static final String LU = "fr.interophub.sav.lu";

    private static final Logger LOG = LoggerFactory.getLogger(FauteStable.class);
    private static final Set<String> PERMIS = Set.of("VersionMismatch", "MustUnderstand");

    private final Function<String, Faute> panne;

    /** @param panne the declared fault of an operation that failed on our side */
    FauteStable(Function<String, Faute> panne) {
        super(Phase.SETUP);
        this.panne = panne;
    }

    @Override
    public void handleMessage(SoapMessage message) {
        Exception cause = message.getContent(Exception.class);
        message.setContent(Exception.class, stable(cause, message));
    }

    private Faute stable(Exception cause, SoapMessage message) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof Faute ours) {
                return ours;
            }
        }
        if (message.getExchange().containsKey(LU)) {
            LOG.error("Service SAV en panne", cause);
            BindingOperationInfo operation = message.getExchange().getBindingOperationInfo();
            return operation == null
                    ? Faute.of(Faute.INTERNE, "Server")
                    : panne.apply(operation.getName().getLocalPart());
        }
        LOG.warn("Appel SAV refusé : {}", String.valueOf(cause).replaceAll("\\p{Cntrl}", " "));
        String code = cause instanceof SoapFault fault ? fault.getFaultCode().getLocalPart() : "Client";
        return Faute.of(Faute.ILLISIBLE, PERMIS.contains(code) ? code : "Client");
    }
}
