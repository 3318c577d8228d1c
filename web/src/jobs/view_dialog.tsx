// One view: the address of its feed, which is told once, and its end.
import { basePath } from "../api/base_path";
import { sentenceOf } from "../api/errors";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { toast } from "../parts/toasts";
import { useChangeViews, type View } from "./use_views";

interface ViewDialogProps {
  view: View;
  onClose: () => void;
}

export function ViewDialog({ view, onClose }: ViewDialogProps) {
  const { makeKey, revokeKey, remove } = useChangeViews();
  const problem = [makeKey, revokeKey, remove].find((one) => one.isError)?.error;
  const path = makeKey.data?.path;
  const address = path === undefined ? null : window.location.origin + basePath + path;
  async function copy(text: string) {
    try {
      await navigator.clipboard.writeText(text);
      toast("The address of the feed is copied.");
    } catch {
      toast("The browser does not let the page copy: select the address.", "bad");
    }
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`View ${view.name}`}
      description="A feed tells what comes or comes back to whoever has its address, and nothing else."
    >
      <div className="stack">
        {address !== null && (
          <>
            <p>Copy the address now: it is not shown again.</p>
            <p>
              <code className="foreign">{address}</code>
            </p>
          </>
        )}
        {address === null && view.has_key && (
          <p>It has a feed. Another address can be made, with which the one of before ends.</p>
        )}
        {problem !== undefined && (
          <p role="alert" className="foreign">
            {sentenceOf(problem)}
          </p>
        )}
        <div className="row">
          {address !== null && (
            <Button kind="primary" onClick={() => void copy(address)}>
              Copy address
            </Button>
          )}
          <Button busy={makeKey.isPending} onClick={() => makeKey.mutate(view.name)}>
            {view.has_key ? "Make another address" : "Make a feed"}
          </Button>
          {view.has_key && (
            <Button
              busy={revokeKey.isPending}
              onClick={() => revokeKey.mutate(view.name, { onSuccess: () => makeKey.reset() })}
            >
              End the feed
            </Button>
          )}
          <Button
            kind="danger"
            busy={remove.isPending}
            onClick={() => remove.mutate(view.name, { onSuccess: onClose })}
          >
            Delete view
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
