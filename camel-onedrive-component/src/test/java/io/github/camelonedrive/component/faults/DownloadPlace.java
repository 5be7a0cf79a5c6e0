package io.github.camelonedrive.component.faults;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.RecordedRequest;
import io.github.camelonedrive.simulator.Step;

/** Where in a download a fault strikes: the columns of its fault table. */
enum DownloadPlace {

    LOOKUP("looking the item up", Step.ITEM_LOOKUP),
    LINK("asking where its content is", Step.DOWNLOAD),
    FIRST("its content", Step.CONTENT),
    CHECK("looking the item up again, after a cut", Step.ITEM_LOOKUP),
    REST("the rest of its content, after a cut", Step.CONTENT);

    private final String title;
    private final Step step;

    DownloadPlace(String title, Step step) {
        this.title = title;
        this.step = step;
    }

    String title() {
        return title;
    }

    /** Whether it is reached only when the connection broke in the content. */
    boolean isAfterACut() {
        return this == CHECK || this == REST;
    }

    /** A rule for the requests of this place. */
    Fault fault() {
        return Fault.on(step).when(this::isHere);
    }

    private boolean isHere(RecordedRequest request) {
        return switch (this) {
            case LOOKUP -> request.path().contains("root:");
            case CHECK -> request.path().contains("/items/");
            case FIRST -> request.header("range").isEmpty();
            case REST -> request.header("range").isPresent();
            default -> true;
        };
    }

    /** As {@link #fault}, for what never reaches the simulator. */
    boolean isHere(String method, String target, String range) {
        boolean graph = target.startsWith("/v1.0/");
        return method.equals("GET") && switch (this) {
            case LOOKUP -> graph && target.contains("root:");
            case CHECK -> graph && target.matches(".*/items/[^/:]+");
            case LINK -> graph && target.endsWith("/content");
            case FIRST -> !graph && range.isEmpty();
            case REST -> !graph && !range.isEmpty();
        };
    }
}
