package io.github.camelonedrive.component.faults;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.RecordedRequest;
import io.github.camelonedrive.simulator.Step;

/** Where in an upload a fault strikes: the columns of the fault table. */
enum Place {

    TOKEN("token", Step.TOKEN, Upload.ONE_PUT),
    LOOKUP("folder lookup", Step.ITEM_LOOKUP, Upload.ONE_PUT),
    CREATE("folder creation", Step.CREATE_FOLDER, Upload.ONE_PUT),
    PUT("single PUT", Step.SIMPLE_UPLOAD, Upload.ONE_PUT),
    OPEN("session creation", Step.CREATE_SESSION, Upload.SESSION),
    FIRST("first fragment", Step.FRAGMENT, Upload.SESSION),
    MIDDLE("middle fragment", Step.FRAGMENT, Upload.SESSION),
    LAST("last fragment", Step.FRAGMENT, Upload.SESSION),
    STATUS("status", Step.SESSION_STATUS, Upload.SESSION),
    CANCEL("cancel", Step.SESSION_CANCEL, Upload.SESSION),
    HASH("verification: asking for the hash", Step.ITEM_LOOKUP, Upload.ONE_PUT),
    LINK("verification: asking where to read back", Step.DOWNLOAD, Upload.ONE_PUT),
    BYTES("verification: reading back", Step.CONTENT, Upload.ONE_PUT);

    /** How the content goes. */
    enum Upload {
        ONE_PUT, SESSION
    }

    private final String title;
    private final Step step;
    private final Upload upload;

    Place(String title, Step step, Upload upload) {
        this.title = title;
        this.step = step;
        this.upload = upload;
    }

    String title() {
        return title;
    }

    Upload upload() {
        return upload;
    }

    boolean isVerification() {
        return this == HASH || this == LINK || this == BYTES;
    }

    /** One place for each host: sign-in, Graph, and the host of upload URLs. */
    boolean isFirstOfHost() {
        return this == TOKEN || this == PUT || this == FIRST;
    }

    /** A rule for the requests of this place, in an upload to this folder. */
    Fault fault(String folder) {
        return Fault.on(step).when(request -> isHere(request, folder));
    }

    private boolean isHere(RecordedRequest request, String folder) {
        return switch (this) {
            case LOOKUP -> request.itemPath().equals(folder);
            case HASH -> request.path().contains("/items/");
            case FIRST -> request.fragmentIndex().orElse(-1) == 0;
            case MIDDLE -> request.fragmentIndex().orElse(-1) == 1;
            case LAST -> request.lastFragment();
            default -> true;
        };
    }

    /** As {@link #fault}, for what never reaches the simulator. */
    boolean isHere(String method, String target, String contentRange, String folder) {
        boolean graph = target.startsWith("/v1.0/");
        return switch (this) {
            case TOKEN -> target.endsWith("/token");
            case LOOKUP -> graph && method.equals("GET") && target.endsWith("root:" + folder);
            case CREATE -> method.equals("POST") && target.endsWith("/children");
            case PUT -> graph && method.equals("PUT");
            case OPEN -> target.endsWith(":/createUploadSession");
            case FIRST -> contentRange.startsWith("bytes 0-");
            case MIDDLE -> contentRange.startsWith("bytes " + Bench.CHUNK + "-");
            case LAST -> contentRange.contains("-" + (Bench.SIZE - 1) + "/");
            case STATUS -> !graph && method.equals("GET");
            case CANCEL -> method.equals("DELETE");
            case HASH -> graph && method.equals("GET") && target.matches(".*/items/[^/:]+");
            case LINK -> graph && method.equals("GET") && target.endsWith("/content");
            case BYTES -> !graph && method.equals("GET");
        };
    }

    /** The byte that the service wants next after a request here went well. */
    long next() {
        return switch (this) {
            case OPEN -> 0;
            case MIDDLE -> 2L * Bench.CHUNK;
            default -> Bench.CHUNK;
        };
    }
}
