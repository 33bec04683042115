console.log("rempart");
