package com.example.backup;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** What appears in the directory is uploaded, and moved to .done once it is proven to be in OneDrive. */
@Component
public class BackupRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("file:{{backup.directory}}?readLock=changed&readLockMinAge={{backup.quiet-period}}&move=.done")
                .to("onedrive:offsite?folderPath=/Backups");
    }
}
