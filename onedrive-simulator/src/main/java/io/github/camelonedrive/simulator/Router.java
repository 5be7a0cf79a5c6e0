package io.github.camelonedrive.simulator;

import io.github.camelonedrive.simulator.internal.graph.CopyApi;
import io.github.camelonedrive.simulator.internal.graph.DownloadApi;
import io.github.camelonedrive.simulator.internal.graph.DownloadUrls;
import io.github.camelonedrive.simulator.internal.graph.GraphApi;
import io.github.camelonedrive.simulator.internal.graph.UploadUrlApi;
import io.github.camelonedrive.simulator.internal.graph.UploadUrls;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;
import io.github.camelonedrive.simulator.internal.http.Handler;
import io.github.camelonedrive.simulator.internal.identity.LoginApi;

/** Finds the handler of a request by its path. */
final class Router {
    private final LoginApi login;
    private final GraphApi graph;
    private final UploadUrlApi uploadUrls;
    private final DownloadApi downloads;
    private final CopyApi copies;

    Router(LoginApi login, GraphApi graph, UploadUrlApi uploadUrls, DownloadApi downloads, CopyApi copies) {
        this.login = login;
        this.graph = graph;
        this.uploadUrls = uploadUrls;
        this.downloads = downloads;
        this.copies = copies;
    }

    /** Classifies the request and returns its handler, which refuses the request if its URL cannot be understood. */
    Handler route(Call call) {
        try {
            return find(call);
        } catch (GraphErrorResponse e) {
            return c -> {
                throw e;
            };
        }
    }

    private Handler find(Call call) {
        if (GraphApi.isGraphPath(call.rawPath())) {
            return graph.route(call);
        }
        if (UploadUrls.isUploadPath(call.rawPath())) {
            uploadUrls.classify(call);
            return uploadUrls::handle;
        }
        if (call.rawPath().startsWith(DownloadUrls.PREFIX)) {
            downloads.classify(call);
            return downloads::content;
        }
        if (CopyApi.isMonitorPath(call.rawPath())) {
            copies.classify(call);
            return copies::monitor;
        }
        if (LoginApi.isLoginPath(call.rawPath())) {
            return login.route(call);
        }
        throw GraphErrorResponse.itemNotFound();
    }
}
