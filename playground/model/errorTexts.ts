import type { Localized } from "./lab.ts";

export interface ErrorText {
  readonly message: Localized;
  readonly kept?: Localized;
  readonly next?: Localized;
}

const text = (fr: string, en: string): Localized => ({ fr, en });

/** Errors that the window itself meets: said wholly in our own words. */
export const windowErrors: Readonly<Record<string, ErrorText>> = {
  "connection.lost": {
    message: text("Le moteur de Rempart ne répond pas.", "Rempart's engine does not answer."),
    kept: text("les labs en marche continuent, vos fichiers ne changent pas", "running labs go on, your files do not change"),
    next: text("attendez la reconnexion, ou relancez npm start", "wait for the reconnection, or run npm start again"),
  },
  "client.disconnected": {
    message: text("La connexion au moteur s’est coupée pendant l’action.", "The connection to the engine was lost during the action."),
    kept: text("les labs en marche continuent", "running labs go on"),
    next: text("attendez la reconnexion, puis recommencez", "wait for the reconnection, then try again"),
  },
  "input.changed-on-disk": {
    message: text("network.yml a changé sur le disque.", "network.yml changed on disk."),
    kept: text("les deux versions", "both versions"),
    next: text("choisissez laquelle garder", "choose which one to keep"),
  },
};

/** Faults of the engine's side in French; their English is what the engine says, with its particulars. */
export const engineErrorsInFrench: Readonly<Record<string, { readonly message: string; readonly kept?: string; readonly next?: string }>> = {
  "check.no-picture": { message: "Cette vérification n’a pas de photo.", next: "relancez la vérification : elle en prend une" },
  "client.bad-result": { message: "La réponse du moteur n’a pas la forme attendue.", next: "relancez Rempart : fenêtre et moteur sont peut-être de versions différentes" },
  "engine.answer-too-large": { message: "La réponse du moteur est trop grande pour la fenêtre.", kept: "le lab reste comme il est", next: "recommencez ; si cela dure, relancez Rempart" },
  "engine.conflict": { message: "Le moteur de conteneurs refuse : un autre travail est en cours sur cette machine.", next: "attendez un instant, puis recommencez" },
  "engine.exec-timeout": { message: "Une commande n’a pas répondu à temps dans une machine.", kept: "le lab reste comme il est", next: "recommencez ; si cela dure, arrêtez puis démarrez le lab" },
  "engine.failed": { message: "Le moteur de conteneurs a échoué.", next: "recommencez, ou voyez l’installation (rempart doctor)" },
  "engine.name-taken": { message: "Un conteneur porte déjà ce nom.", next: "arrêtez le lab, puis démarrez-le à nouveau" },
  "engine.not-found": { message: "La machine n’existe plus dans le moteur de conteneurs.", next: "démarrez le lab à nouveau : ce qui manque est refait" },
  "fabric.script-failed": { message: "Le réseau du lab n’a pas pu être modifié.", kept: "le réseau précédent", next: "recommencez ; si cela dure, arrêtez puis démarrez le lab" },
  "fabric.session-closed": { message: "Le conteneur qui porte le réseau du lab s’est arrêté.", next: "il redémarre de lui-même ; sinon, démarrez le lab à nouveau" },
  "fabric.timeout": { message: "Le conteneur qui porte le réseau du lab n’a pas répondu à temps.", kept: "les machines et ce qui était câblé ; la commande restée bloquée a été arrêtée", next: "recommencez : un nouveau shell repart de ce qui est vraiment là" },
  "input.bad-parameters": { message: "Le moteur ne comprend pas cette demande.", kept: "rien n’a changé", next: "relancez Rempart : fenêtre et moteur sont peut-être de versions différentes" },
  "input.cancelled": { message: "L’action a été annulée.", kept: "ce qui était déjà fait", next: "recommencez pour continuer, ou arrêtez le lab pour tout retirer" },
  "input.docker-host": { message: "La variable DOCKER_HOST n’a pas une forme connue.", kept: "rien n’a changé", next: "écrivez unix:///chemin, tcp://hôte:port ou ssh://utilisateur@hôte, puis relancez Rempart" },
  "input.file-too-large": { message: "Un fichier du lab est trop grand.", kept: "rien n’a été lu", next: "un lab est fait de texte : raccourcissez le fichier" },
  "input.invalid-lab": { message: "Le lab contient des erreurs.", kept: "rien n’a changé", next: "corrigez son lab.yml" },
  "input.invalid-network": { message: "network.yml contient des erreurs.", kept: "le réseau qui tourne est inchangé", next: "corrigez les lignes marquées, puis recommencez" },
  "input.lab-id-taken": { message: "Un autre lab porte déjà cet identifiant.", kept: "la bibliothèque est inchangée", next: "changez « id » dans lab.yml" },
  "input.machine-address-unknown": { message: "Rempart ne connaît pas l’adresse de cette machine : elle a été donnée à la main, dedans.", next: "écrivez l’adresse que vous lui avez donnée ; « ip address » la montre" },
  "input.not-a-file": { message: "Un chemin du lab ne mène pas à un fichier ordinaire.", kept: "rien n’a été lu", next: "mettez-y un fichier de texte" },
  "input.no-fix": { message: "Rempart ne peut pas réparer cela tout seul.", next: "suivez le conseil de la ligne" },
  "input.no-lab-folder": { message: "Ce dossier ne contient pas de lab.", kept: "la bibliothèque est inchangée", next: "indiquez un dossier qui contient lab.yml" },
  "input.cannot-write-file": { message: "Ce fichier ne peut pas être écrit.", next: "nommez un fichier dans un dossier qui existe et où vous avez le droit d’écrire" },
  "input.not-an-archive": { message: "Ce fichier n’est pas une archive d’images complète.", kept: "les images déjà là", next: "copiez-le à nouveau, ou refaites-le par rempart images --save FICHIER" },
  "input.no-such-context": { message: "Ce contexte Docker n’existe pas ou n’est pas utilisable.", next: "choisissez-en un autre dans les réglages" },
  "input.no-such-file": { message: "Un fichier demandé n’existe pas.", kept: "rien n’a changé", next: "vérifiez son chemin, puis recommencez" },
  "input.path-escapes": { message: "Un chemin sort du dossier du lab.", kept: "rien n’a été lu", next: "nommez un fichier du dossier, sans « .. »" },
  "input.port-missing": { message: "Il manque un port.", next: "indiquez un port, par exemple 80" },
  "input.too-large": { message: "Cette demande est trop grande pour le moteur.", kept: "rien n’a été envoyé", next: "raccourcissez le texte, puis recommencez" },
  "input.too-many-calls": { message: "Trop de demandes sont en cours.", kept: "celles qui sont en cours continuent", next: "attendez un instant, puis recommencez" },
  "input.too-many-terminals": { message: "Trop de terminaux sont ouverts.", next: "fermez-en quelques-uns" },
  "input.unknown-check": { message: "Ce lab n’a pas cette vérification.", next: "rouvrez le lab : son lab.yml a peut-être changé" },
  "input.unknown-destination": { message: "Ce lab ne connaît ni machine ni adresse de ce nom.", next: "choisissez une machine de la liste, ou écrivez une adresse IP" },
  "input.unknown-diagnostic": { message: "Ce point de l’installation n’existe pas.", next: "voyez la liste de l’installation (rempart doctor)" },
  "input.unknown-image": { message: "Rempart n’a pas d’image de ce nom.", next: "corrigez le nom de l’image dans le lab" },
  "input.unknown-lab": { message: "Ce lab n’existe pas.", next: "choisissez-en un dans la bibliothèque" },
  "input.unknown-node": { message: "Cette machine n’existe pas dans le lab.", next: "appliquez network.yml si vous venez de l’y écrire" },
  "input.unknown-method": { message: "Le moteur ne connaît pas cette action.", kept: "rien n’a changé", next: "relancez Rempart : fenêtre et moteur sont peut-être de versions différentes" },
  "input.unknown-question": { message: "Ce lab n’a pas cette question.", next: "rouvrez le lab : son lab.yml a peut-être changé" },
  "input.unknown-step": { message: "Ce lab n’a pas cette étape.", next: "rouvrez le lab : son lab.yml a peut-être changé" },
  "input.unknown-terminal": { message: "Ce terminal n’existe plus.", next: "ouvrez-en un nouveau" },
  "input.not-an-address": { message: "Ce n’est pas une adresse IP.", next: "écrivez par exemple 10.0.80.20" },
  "input.not-in-vpc": { message: "Cette machine n’est dans aucun sous-réseau d’un VPC : aucune table de routage ne décide pour elle." },
  "internal": { message: "Rempart a rencontré une erreur qu’il ne connaît pas.", kept: "les labs en marche continuent, vos fichiers ne changent pas", next: "recommencez ; si cela dure, relancez Rempart" },
  "lab.busy": { message: "Un autre Rempart travaille déjà sur ce lab.", kept: "rien n’a changé", next: "attendez qu’il ait fini, puis recommencez" },
  "lab.file-missing": { message: "Un fichier du lab manque.", kept: "rien n’a changé", next: "remettez ce fichier dans le dossier du lab" },
  "lab.hosted-zones": { message: "Un serveur de noms n’a pas pris les zones hébergées.", kept: "les machines et le réseau tournent ; les zones sont restées comme elles étaient", next: "appliquez de nouveau ; sinon, regardez /var/log/named/named.log sur ce serveur" },
  "lab.no-solution": { message: "Cette étape ne se résout pas par une commande.", next: "lisez le guide : elle est faite pour regarder et réfléchir" },
  "lab.no-terminal": { message: "Ce lab n’ouvre pas de terminal sur cette machine.", next: "passez par une autre machine, comme le dit le guide" },
  "lab.node-not-running": { message: "Cette machine ne tourne pas.", next: "appliquez network.yml, ou démarrez le lab" },
  "lab.not-running": { message: "Le lab n’est pas en marche.", next: "démarrez-le : bouton Démarrer, ou rempart up" },
  "lab.solution-failed": { message: "Une commande de la solution a échoué.", next: "recommencez, ou faites l’étape à la main" },
  "lab.solution-needs-earlier-step": { message: "Cette solution suppose une étape précédente qui n’est pas faite.", next: "faites ou résolvez d’abord les étapes précédentes" },
  "machine.base-build-failed": { message: "L’image de base n’a pas pu être construite.", next: "voyez le journal de l’installation (rempart doctor --fix)" },
  "machine.chosen-engine-unreachable": { message: "Le moteur de conteneurs que vous avez choisi ne répond pas.", kept: "vos fichiers", next: "démarrez-le, ou choisissez-en un autre dans les réglages" },
  "machine.debootstrap-absent": { message: "Aucun registre ne répond, et debootstrap, qui ferait l’image de base, n’est pas installé.", next: "voyez l’installation (rempart doctor --fix)" },
  "machine.engine-absent": { message: "Docker n’est pas installé.", next: "voyez l’installation (rempart doctor --fix), ou installez Docker" },
  "machine.engine-permission": { message: "Docker est là, mais cet utilisateur n’a pas le droit de s’en servir.", next: "ajoutez-vous au groupe docker, puis rouvrez la session" },
  "machine.engine-start-failed": { message: "Le moteur de conteneurs n’a pas démarré.", next: "voyez le journal de l’installation (rempart doctor --fix)" },
  "machine.engine-unreachable": { message: "Le moteur de conteneurs ne répond pas.", kept: "vos fichiers", next: "démarrez Docker, ou voyez l’installation (rempart doctor)" },
  "machine.fix-under-way": { message: "Cette réparation est déjà en cours.", next: "attendez-la, ou annulez-la" },
  "machine.image-build-failed": { message: "Une image n’a pas pu être construite.", next: "voyez le journal de l’installation (rempart doctor --fix)" },
  "machine.image-missing": { message: "Une image manque sur cet ordinateur.", next: "faites-la depuis l’installation (rempart images --build)" },
  "machine.install-failed": { message: "Docker n’a pas pu être installé.", next: "voyez le journal de l’installation (rempart doctor --fix)" },
  "machine.no-local-shell": { message: "Le terminal local n’a pas pu s’ouvrir.", next: "les terminaux des machines restent utilisables" },
  "machine.no-netem": { message: "Le noyau de cet ordinateur ne sait pas retarder des paquets ; il sait en perdre.", next: "réglez une perte, sans délai" },
  "machine.no-tun": { message: "Le noyau du moteur de conteneurs n’a pas /dev/net/tun : les machines de ce lab ne peuvent pas avoir de tunnel.", kept: "rien n’a été démarré ni changé", next: "sous Linux : sudo modprobe tun ; puis démarrez le lab à nouveau" },
  "machine.not-ready": { message: "Cet ordinateur ne peut pas encore démarrer de lab.", next: "voyez l’installation (rempart doctor) : elle dit ce qui manque" },
  "machine.not-root": { message: "Aucun registre ne répond, et seul root peut faire l’image de base à partir de paquets.", next: "relancez Rempart en root, ou donnez-lui un registre" },
  "machine.rebuild-failed": { message: "Le module des terminaux n’a pas pu être compilé.", next: "installez python3, make et g++, puis recommencez" },
  "machine.registry-unreachable": { message: "Aucun registre d’images ne répond.", kept: "les images déjà sur cet ordinateur", next: "vérifiez la connexion, puis voyez l’installation (rempart doctor)" },
};
