// Puts the page into the document.
import "./design/tokens.css";
import "./design/base.css";

import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router-dom";

import { basePath } from "./api/base_path";
import { queryClient } from "./api/queries";
import { pageRouter } from "./app/routes";
import { startTheme } from "./design/theme";
import { Gate } from "./session/gate";

// Asked past the proxy that puts the base path before it.
if (!window.location.pathname.startsWith(`${basePath}/`))
  window.location.replace(basePath + window.location.pathname + window.location.hash);

function Routes() {
  return <RouterProvider router={pageRouter()} />;
}

startTheme();
const place = document.getElementById("page");
if (place === null) throw new Error("the document has no #page");
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Gate>
        <Routes />
      </Gate>
    </QueryClientProvider>
  </StrictMode>,
);
