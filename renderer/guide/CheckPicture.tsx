import { useEffect, useState } from "react";
import type { CheckObservation } from "../../playground/contract/contract.ts";
import { Dialog } from "../components/Dialog.tsx";
import { useTranslate } from "../i18n/translate.tsx";
import { useClient } from "../state/stores.tsx";

interface CheckPictureProps {
  lab: string;
  check: string;
  picture: NonNullable<CheckObservation["picture"]>;
  at: Date | undefined;
}

/** The picture that a check took, small in the guide and whole in a dialog. It is asked for only when it is another one. */
export function CheckPicture({ lab, check, picture, at }: CheckPictureProps) {
  const { t, localized, language } = useTranslate();
  const source = useCheckPicture(lab, check, picture.digest);
  const [isLarge, setLarge] = useState(false);
  if (source === undefined) return null;
  const caption = localized(picture.caption);
  const alternative = t("guide.check.picture", { caption });
  const time = at?.toLocaleTimeString(language === "fr" ? "fr-FR" : "en-GB");
  return (
    <figure className="check-picture">
      <button type="button" title={t("guide.check.enlarge")} aria-label={`${t("guide.check.enlarge")}. ${alternative}`} onClick={() => setLarge(true)}>
        <img src={source} width={picture.width} height={picture.height} alt="" />
      </button>
      <figcaption>{caption}</figcaption>
      {isLarge ? (
        <Dialog title={caption} kind="picture" onClose={() => setLarge(false)}>
          <img className="picture-large" src={source} width={picture.width} height={picture.height} alt={alternative} />
          {time === undefined ? null : <p className="muted">{t("guide.check.takenAt", { time, width: picture.width, height: picture.height })}</p>}
        </Dialog>
      ) : null}
    </figure>
  );
}

/** The picture as an address for an image: never anything but a PNG, whatever the bytes are. Undefined until it is there, or when it is gone. */
function useCheckPicture(lab: string, check: string, digest: string): string | undefined {
  const client = useClient();
  const [source, setSource] = useState<string>();
  useEffect(() => {
    let isWanted = true;
    client.call("checks.picture", { lab, check }).then(
      ({ png }) => isWanted && setSource(`data:image/png;base64,${png}`),
      () => isWanted && setSource(undefined),
    );
    return () => {
      isWanted = false;
    };
  }, [client, lab, check, digest]);
  return source;
}
